package dev.sluice.video.frame;

/** What became of a packet that was given to a {@link FrameAssembler}. */
public enum PacketStatus {
    /** It is in a frame, or waits for earlier packets. */
    ACCEPTED,
    /** It is there already. */
    DUPLICATE,
    /** It came after its place was passed: a repetition, or one that had been given up. */
    TOO_LATE
}
