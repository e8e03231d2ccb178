package dev.sluice.server.router;

import dev.sluice.server.session.MediaSource;
import dev.sluice.server.session.SessionSink;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What a publisher has sent since the last time it was forwarded, in its order: so that each viewer
 * can be given all of it at once, and what leaves to him leaves together. Reusable.
 */
final class MediaBatch {

    /** More than comes while a publisher's last batch leaves, however many watch. */
    static final int CAPACITY = 8192;

    private final List<Entry> entries = new ArrayList<>();
    private int size;
    private int packets;
    private @Nullable MediaPacket last;
    private long beganNanos;

    /** A packet to forward, or, where the stream is set, a number of it that carried nothing. */
    private static final class Entry {

        private final MediaPacket media = new MediaPacket();
        private @Nullable PublishedTrack track;
        private @Nullable MediaSource consumedOf;
        private long consumedSequence;

        /** There is no time for it: viewers go without. */
        private boolean isSpared;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** How many packets each viewer is given. */
    int packets() {
        return packets;
    }

    boolean isFull() {
        return size == CAPACITY;
    }

    /** Room for the next packet, to be read into, {@link MediaPacket#hold held} and added. */
    MediaPacket next() {
        if (size == entries.size()) {
            entries.add(new Entry());
        }
        return entries.get(size).media;
    }

    /**
     * Adds the packet that was read into {@link #next}.
     *
     * @param before what is forwarded before this batch
     */
    void add(PublishedTrack track, MediaBatch before, long nowNanos) {
        MediaPacket media = add(track, nowNanos).media;
        MediaPacket previous = last == null ? before.last : last;
        if (previous != null) {
            previous.precedes(media);
        }
        last = media;
        packets++;
    }

    private Entry add(PublishedTrack track, long nowNanos) {
        if (size == 0) {
            beganNanos = nowNanos;
        }
        next();
        Entry entry = entries.get(size++);
        entry.track = track;
        return entry;
    }

    /** Viewers go without the packet that was added last. */
    void spare() {
        entries.get(size - 1).isSpared = true;
        packets--;
    }

    /** When the first entry came; of no meaning without one. */
    long beganNanos() {
        return beganNanos;
    }

    /** Whether the last packet is of a picture of which more is to come. */
    boolean isWithinFrame() {
        return last != null && last.isVideo() && !last.packet().marker();
    }

    /** A number of a stream carried nothing that is forwarded. */
    void consume(PublishedTrack track, MediaSource stream, long extendedSequence, long nowNanos) {
        Entry entry = add(track, nowNanos);
        entry.consumedOf = stream;
        entry.consumedSequence = extendedSequence;
    }

    /** Gives all of it to a viewer. */
    void forward(Subscriber viewer, long nowNanos, SessionSink out) {
        for (int i = 0; i < size; i++) {
            Entry entry = entries.get(i);
            PublishedTrack track = Objects.requireNonNull(entry.track);
            MediaSource consumedOf = entry.consumedOf;
            if (consumedOf != null) {
                viewer.consume(track, consumedOf, entry.consumedSequence, nowNanos, out);
            } else if (entry.isSpared) {
                MediaPacket spared = entry.media;
                MediaSource stream = spared.stream().incoming();
                viewer.consume(track, stream, spared.extendedSequence(), nowNanos, out);
            } else {
                viewer.forward(track, entry.media, nowNanos, out);
            }
        }
    }

    /** Lets go of all of it. */
    void clear() {
        for (int i = 0; i < size; i++) {
            Entry entry = entries.get(i);
            if (entry.consumedOf == null) {
                entry.media.precedes(null);
                entry.media.release();
            }
            entry.track = null;
            entry.consumedOf = null;
            entry.isSpared = false;
        }
        size = 0;
        packets = 0;
        last = null;
    }
}
