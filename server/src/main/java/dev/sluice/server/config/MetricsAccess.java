package dev.sluice.server.config;

/** Who may read the metrics. */
public enum MetricsAccess {
    /** Clients whose requests come from a loopback address. */
    LOOPBACK,
    /** Everybody who reaches the server. */
    ANY
}
