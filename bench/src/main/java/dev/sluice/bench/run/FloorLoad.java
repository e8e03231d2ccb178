package dev.sluice.bench.run;

/**
 * What the floor is to send: the bursts of a trial.
 *
 * @param mode {@link Scenario#GSO} or {@link Scenario#SENDMMSG}
 * @param groups the viewers of so many publishers, who are served one after the other
 * @param burst packets of one message to the kernel, in the mean
 * @param bytes of one packet, SRTP's tag included
 * @param intervalMillis between two bursts to the same viewer; 0 for a sender that never pauses
 */
record FloorLoad(
        String mode, int viewers, int groups, double burst, double bytes, double intervalMillis) {

    private static final double MILLIS_PER_SECOND = 1000;

    /** As the trial's packets were, and as seldom. */
    static FloorLoad of(Trial trial) {
        Scenario scenario = trial.scenario();
        LoadFigures load = trial.load();
        double packetsEach = (double) load.receivedPackets() / scenario.viewers();
        return new FloorLoad(
                scenario.floorMode(),
                scenario.viewers(),
                scenario.publishers(),
                trial.meanRun(),
                load.meanPacketBytes(),
                MILLIS_PER_SECOND * load.seconds() * trial.meanRun() / packetsEach);
    }

    /** The same without a pause. */
    FloorLoad withoutPauses() {
        return new FloorLoad(mode, viewers, groups, burst, bytes, 0);
    }

    /** Whether it is known in which bursts packets left. */
    boolean isKnown() {
        return !Double.isNaN(burst) && !Double.isNaN(bytes) && Double.isFinite(intervalMillis);
    }
}
