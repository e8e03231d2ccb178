package dev.sluice.server.session;

import dev.sluice.media.bwe.EstimatorSettings;
import dev.sluice.media.pacing.PacerSettings;

/**
 * How media leaves to a viewer.
 *
 * @param estimation what his network is expected to carry, and by which signs that is found out
 * @param pacing how bursts are spread
 * @param batching how what leaves at the same time is handed to the kernel
 */
public record SendSettings(
        EstimatorSettings estimation, PacerSettings pacing, BatchSettings batching) {}
