package dev.sluice.server.router;

import dev.sluice.media.rtp.MediaKind;
import dev.sluice.server.session.MediaSource;
import dev.sluice.server.session.SessionSink;

import org.jspecify.annotations.Nullable;

import java.util.Objects;

/**
 * What a publisher has sent since the last time it was forwarded, in its order: so that each viewer
 * can be given all of it at once, and what leaves to him leaves together. Reusable.
 */
final class MediaBatch {

    static final int CAPACITY = 64;

    private final Entry[] entries = new Entry[CAPACITY];
    private int size;
    private @Nullable MediaPacket last;
    private long beganNanos;

    MediaBatch() {
        for (int i = 0; i < CAPACITY; i++) {
            entries[i] = new Entry();
        }
    }

    /** A packet to forward, or, where the stream is set, a number of it that carried nothing. */
    private static final class Entry {

        private final MediaPacket media = new MediaPacket();
        private @Nullable PublishedTrack track;
        private @Nullable MediaSource consumedOf;
        private long consumedSequence;
    }

    boolean isEmpty() {
        return size == 0;
    }

    boolean isFull() {
        return size == CAPACITY;
    }

    /** Room for the next packet, to be read into and {@link MediaPacket#hold held}. */
    MediaPacket next(PublishedTrack track, long nowNanos) {
        if (last == null) {
            beganNanos = nowNanos;
        }
        Entry entry = entries[size++];
        entry.track = track;
        entry.consumedOf = null;
        if (last != null) {
            last.precedes(entry.media);
        }
        last = entry.media;
        return entry.media;
    }

    /** When the first packet came; of no meaning without one. */
    long beganNanos() {
        return beganNanos;
    }

    /** Whether the last packet is of a picture of which more is to come. */
    boolean isWithinFrame() {
        return last != null
                && last.codec().codec().kind() == MediaKind.VIDEO
                && !last.packet().marker();
    }

    /** A number of a stream carried nothing that is forwarded. */
    void consume(PublishedTrack track, MediaSource stream, long extendedSequence) {
        Entry entry = entries[size++];
        entry.track = track;
        entry.consumedOf = stream;
        entry.consumedSequence = extendedSequence;
    }

    /** Gives all of it to a viewer. */
    void forward(Subscriber viewer, long nowNanos, SessionSink out) {
        for (int i = 0; i < size; i++) {
            Entry entry = entries[i];
            PublishedTrack track = Objects.requireNonNull(entry.track);
            MediaSource consumedOf = entry.consumedOf;
            if (consumedOf == null) {
                viewer.forward(track, entry.media, nowNanos, out);
            } else {
                viewer.consume(track, consumedOf, entry.consumedSequence, nowNanos, out);
            }
        }
    }

    /** Gives all of it to a relay. */
    void forward(Relay relay) {
        for (int i = 0; i < size; i++) {
            Entry entry = entries[i];
            PublishedTrack track = Objects.requireNonNull(entry.track);
            MediaSource consumedOf = entry.consumedOf;
            if (consumedOf == null) {
                relay.forward(track, entry.media);
            } else {
                relay.consume(track, consumedOf, entry.consumedSequence);
            }
        }
    }

    /** Lets go of all of it. */
    void clear() {
        for (int i = 0; i < size; i++) {
            if (entries[i].consumedOf == null) {
                entries[i].media.precedes(null);
                entries[i].media.release();
            }
            entries[i].track = null;
            entries[i].consumedOf = null;
        }
        size = 0;
        last = null;
    }
}
