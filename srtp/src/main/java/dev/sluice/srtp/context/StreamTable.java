package dev.sluice.srtp.context;

import io.netty.util.collection.IntObjectHashMap;

import org.jspecify.annotations.Nullable;

/**
 * The replay windows of one direction's streams by SSRC. Streams are never forgotten: that would
 * let replays in.
 */
final class StreamTable {

    /**
     * The bound of the memory that a peer with valid keys can take: about 200 bytes a stream. A
     * subscriber of fifty publishers with simulcast and RTX sees some three hundred SSRCs.
     */
    static final int MAX_STREAMS = 1024;

    private final IntObjectHashMap<ReplayWindow> windows = new IntObjectHashMap<>();

    /** What was found or added last: most packets are of the same stream as the one before. */
    private @Nullable ReplayWindow last;

    private long lastSsrc;

    @Nullable ReplayWindow find(long ssrc) {
        if (last == null || ssrc != lastSsrc) {
            last = windows.get((int) ssrc);
            lastSsrc = ssrc;
        }
        return last;
    }

    boolean isFull() {
        return windows.size() >= MAX_STREAMS;
    }

    /** Keeps the window of a stream whose first packet was accepted. */
    void add(long ssrc, ReplayWindow window) {
        windows.put((int) ssrc, window);
        last = window;
        lastSsrc = ssrc;
    }

    /** For tests of the limits: a stream whose last packet had this index. */
    void startAt(long ssrc, long index) {
        ReplayWindow window = new ReplayWindow();
        window.accept(index);
        add(ssrc, window);
    }

    int size() {
        return windows.size();
    }
}
