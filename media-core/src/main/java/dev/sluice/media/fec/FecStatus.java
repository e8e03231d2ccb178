package dev.sluice.media.fec;

/** What became of a repair packet. */
public enum FecStatus {
    /** Its packets are all there, or one was missing and is recovered. */
    DONE,
    /** Too many of its packets are missing; it is kept until more have come. */
    WAITING,
    /** Not a well-formed repair packet. */
    MALFORMED
}
