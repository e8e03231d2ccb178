package dev.sluice.server.router;

import dev.sluice.server.session.MediaSource;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/**
 * The streams of a track from the lowest quality to the highest: by the size of the picture where
 * both are known, else by bitrate, where only a clear difference counts, so that streams of like
 * bitrate do not change places.
 */
final class StreamOrder {

    /** How often bitrates are compared. */
    private static final long INTERVAL_NANOS = 250_000_000L;

    private final List<PublishedStream> known = new ArrayList<>();
    private final List<PublishedStream> ordered = new ArrayList<>();
    private long lastSortNanos;
    private boolean hasSorted;

    /** The streams in the order in which they came up. */
    List<PublishedStream> streams() {
        return known;
    }

    /** The streams from the lowest quality to the highest. */
    List<PublishedStream> ordered() {
        return ordered;
    }

    /** How many streams the publisher sends now. */
    int alive(long nowNanos) {
        int alive = 0;
        for (int i = 0; i < known.size(); i++) {
            alive += known.get(i).isAlive(nowNanos) ? 1 : 0;
        }
        return alive;
    }

    /** The place of a stream among the {@link #ordered}. */
    int rank(PublishedStream stream) {
        return ordered.indexOf(stream);
    }

    /** The stream of an SSRC; a new one counts as the lowest until more is known of it. */
    PublishedStream of(MediaSource incoming) {
        for (int i = 0; i < known.size(); i++) {
            if (known.get(i).incoming().equals(incoming)) {
                return known.get(i);
            }
        }
        PublishedStream added = new PublishedStream(known.size(), incoming);
        known.add(added);
        ordered.addFirst(added);
        return added;
    }

    /** Takes account of a packet of one of the streams. */
    void onPacket(boolean sizeChanged, long nowNanos) {
        boolean isDue = !hasSorted || nowNanos - lastSortNanos >= INTERVAL_NANOS;
        if (known.size() > 1 && (sizeChanged || isDue)) {
            hasSorted = true;
            lastSortNanos = nowNanos;
            sort(nowNanos);
        }
    }

    /** The best stream that the publisher sends now; null when he sends none. */
    @Nullable PublishedStream best(long nowNanos) {
        return bestUpTo(ordered.size() - 1, nowNanos);
    }

    /** The best stream up to a rank that the publisher sends now, or null. */
    @Nullable PublishedStream bestUpTo(int rank, long nowNanos) {
        for (int i = rank; i >= 0; i--) {
            if (ordered.get(i).isAlive(nowNanos)) {
                return ordered.get(i);
            }
        }
        return null;
    }

    /** Insertion sort: there are two or three, mostly in order. */
    private void sort(long nowNanos) {
        for (int i = 1; i < ordered.size(); i++) {
            PublishedStream moved = ordered.get(i);
            int at = i;
            while (at > 0 && isClearlyHigher(ordered.get(at - 1), moved, nowNanos)) {
                ordered.set(at, ordered.get(at - 1));
                at--;
            }
            ordered.set(at, moved);
        }
    }

    private static boolean isClearlyHigher(
            PublishedStream stream, PublishedStream other, long nowNanos) {
        int pixels = stream.pixels();
        int otherPixels = other.pixels();
        if (pixels > 0 && otherPixels > 0 && pixels != otherPixels) {
            return pixels > otherPixels;
        }
        // One that is not sent now keeps its place for when it is again.
        return stream.isSettled(nowNanos)
                && other.isSettled(nowNanos)
                && 2 * stream.bps(nowNanos) > 3 * other.bps(nowNanos);
    }
}
