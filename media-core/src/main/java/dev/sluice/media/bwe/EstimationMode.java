package dev.sluice.media.bwe;

/** Which signals of congestion an estimate listens to. */
public enum EstimationMode {
    /** Packet loss alone. */
    LOSS,
    /** Growth of the queuing delay alone. */
    DELAY,
    /** Both; the lower of the two estimates holds. */
    HYBRID
}
