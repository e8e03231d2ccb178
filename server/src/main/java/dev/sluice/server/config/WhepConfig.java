package dev.sluice.server.config;

/**
 * What viewers get while nobody publishes.
 *
 * @param waitForPublisher whether a viewer may come before the publisher; else it is refused with
 *     404
 * @param onPublisherLeave what becomes of the viewers of a publisher that leaves
 */
public record WhepConfig(boolean waitForPublisher, PublisherLeave onPublisherLeave) {}
