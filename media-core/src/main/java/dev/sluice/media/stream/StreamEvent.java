package dev.sluice.media.stream;

/** A step in a stream's life. */
public sealed interface StreamEvent {

    StreamId id();

    /** When it happened. */
    long atNanos();

    /** There is a new stream. */
    record Created(StreamSnapshot stream, long atNanos) implements StreamEvent {

        @Override
        public StreamId id() {
            return stream.id();
        }
    }

    /** The stream went from one state to another. */
    record StateChanged(StreamId id, StreamState from, StreamState to) implements StreamEvent {

        @Override
        public long atNanos() {
            return to.sinceNanos();
        }
    }

    /** The stream's SSRC, format, bit rate or keys changed. */
    record Updated(StreamSnapshot before, StreamSnapshot after, long atNanos)
            implements StreamEvent {

        @Override
        public StreamId id() {
            return after.id();
        }
    }

    /** The stream is gone; it was stopped before. */
    record Removed(StreamSnapshot last, long atNanos) implements StreamEvent {

        @Override
        public StreamId id() {
            return last.id();
        }
    }
}
