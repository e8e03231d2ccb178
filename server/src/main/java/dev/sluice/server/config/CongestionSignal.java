package dev.sluice.server.config;

/** What says that a network is full. */
public enum CongestionSignal {
    /** Delay and loss. */
    HYBRID,
    /** Growing delay alone: for networks that lose packets without being full. */
    DELAY,
    /** Loss alone: for networks whose delay says nothing. */
    LOSS
}
