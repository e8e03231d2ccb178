package dev.sluice.media.rtcp;

/** The two-bit packet status, draft-holmer-rmcat-transport-wide-cc-extensions-01 section 3.1.1. */
final class StatusSymbol {

    static final int NOT_RECEIVED = 0;

    /** Received, with a delta of one unsigned byte. */
    static final int SMALL_DELTA = 1;

    /** Received, with a delta of two bytes, signed. */
    static final int LARGE_DELTA = 2;

    static final int RESERVED = 3;

    private StatusSymbol() {}

    static int ofDelta(int deltaTicks) {
        return deltaTicks >= 0 && deltaTicks <= 255 ? SMALL_DELTA : LARGE_DELTA;
    }
}
