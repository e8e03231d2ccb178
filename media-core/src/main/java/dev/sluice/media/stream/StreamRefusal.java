package dev.sluice.media.stream;

/** Why a {@link StreamManager} did nothing. */
public sealed interface StreamRefusal {

    /** Another stream of the session has the SSRC. */
    record DuplicateSsrc(long ssrc, StreamId holder) implements StreamRefusal {}

    /** The session has as many streams as it may. */
    record TooManyStreams(int max) implements StreamRefusal {}

    /** The session has no such stream, or no longer. */
    record UnknownStream(StreamId id) implements StreamRefusal {}

    /** The stream may not go from one state to the other; see {@link StreamState#mayBecome}. */
    record IllegalTransition(StreamState from, StreamState to) implements StreamRefusal {}

    /** A stopped stream does not change any more. */
    record AlreadyStopped(StreamId id) implements StreamRefusal {}
}
