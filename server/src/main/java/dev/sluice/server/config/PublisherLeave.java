package dev.sluice.server.config;

/** What becomes of viewers when their publisher leaves. */
public enum PublisherLeave {
    /** Their sessions end. */
    END,
    /** Their sessions wait for the next publisher of the stream. */
    WAIT
}
