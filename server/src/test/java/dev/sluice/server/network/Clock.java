package dev.sluice.server.network;

import java.time.Duration;

/** The wall clock, which browsers on this machine have too. */
final class Clock {

    private Clock() {}

    static double nowMillis() {
        return System.currentTimeMillis();
    }

    /** Calls back once a second while time passes. */
    static void pass(Duration time, Runnable eachSecond) throws InterruptedException {
        double endMillis = nowMillis() + time.toMillis();
        while (nowMillis() < endMillis) {
            Thread.sleep(Math.clamp((long) (endMillis - nowMillis()), 1, 1_000));
            eachSecond.run();
        }
    }
}
