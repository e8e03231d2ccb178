package dev.sluice.video.frame;

/** Whether a frame has all its packets. */
public enum Completeness {
    COMPLETE,
    /**
     * All packets between the first and the last are there and the last is known, but packets are
     * missing before the first, or nothing is known of them, and the payload format does not tell
     * whether they belong to the frame.
     */
    UNCERTAIN,
    /** A packet is missing, or came with a payload that could not be used. */
    INCOMPLETE
}
