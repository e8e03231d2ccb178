package dev.sluice.media.pacing;

/** Which of the packets that wait goes first: in the order of declaration. */
public enum PacketPriority {
    /** Never waits: it is released when it is enqueued. */
    AUDIO,
    /** Repairs a picture that is already late. */
    RETRANSMISSION,
    /** Forward error correction too. */
    VIDEO,
    PADDING
}
