package dev.sluice.load.client;

/** Takes the delays from a publisher's socket to a viewer's, in nanoseconds. */
@FunctionalInterface
public interface DelaySink {

    void onDelay(long delayNanos);
}
