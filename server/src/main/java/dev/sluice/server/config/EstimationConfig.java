package dev.sluice.server.config;

/**
 * How it is found out what a viewer's network carries.
 *
 * @param signal what counts as a sign of congestion
 * @param startKbps what a new viewer is taken to have, in kbit/s
 * @param minKbps the least that is ever assumed, in kbit/s
 * @param maxKbps the most that is ever assumed, in kbit/s
 */
public record EstimationConfig(CongestionSignal signal, int startKbps, int minKbps, int maxKbps) {}
