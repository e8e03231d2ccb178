package dev.sluice.server.config;

/**
 * The metrics page.
 *
 * @param access who may read {@code /metrics}
 */
public record MetricsConfig(MetricsAccess access) {}
