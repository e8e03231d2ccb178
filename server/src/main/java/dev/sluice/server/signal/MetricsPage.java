package dev.sluice.server.signal;

import java.util.function.Supplier;

/**
 * What {@code /metrics} shows.
 *
 * @param contentType of the exposition format that {@code body} writes
 */
public record MetricsPage(String contentType, Supplier<String> body) {}
