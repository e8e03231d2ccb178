package dev.sluice.media.bwe;

/** Whether loss limits the estimate, and where to. */
enum LossState {
    /** It does not: the delay-based estimate holds. */
    DELAY_BASED,
    /** It does, and the estimate rises, with padding sent so that the rise is tried. */
    INCREASING,
    /** It does, and the estimate falls or is held. */
    DECREASING
}
