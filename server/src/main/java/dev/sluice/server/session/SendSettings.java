package dev.sluice.server.session;

import dev.sluice.media.bwe.EstimatorSettings;
import dev.sluice.media.pacing.PacerSettings;

/**
 * How media leaves to a viewer.
 *
 * @param estimation what his network is expected to carry, and by which signs that is found out
 * @param pacing how bursts are spread
 */
public record SendSettings(EstimatorSettings estimation, PacerSettings pacing) {}
