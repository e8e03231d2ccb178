package dev.sluice.server.config;

import java.time.Duration;

/**
 * How bursts to a viewer are spread.
 *
 * @param enabled whether they are; in a fast local network there is no need
 * @param maxQueue the longest that a packet may wait; the rate rises to hold it
 * @param burstPackets the most packets that leave at once
 * @param burst the most time's worth of packets that leaves at once
 */
public record PacingConfig(boolean enabled, Duration maxQueue, int burstPackets, Duration burst) {}
