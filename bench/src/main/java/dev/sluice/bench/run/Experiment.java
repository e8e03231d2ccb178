package dev.sluice.bench.run;

import dev.sluice.bench.process.Workplace;

import java.io.PrintStream;

/**
 * What the experiments beside the table share.
 *
 * @param out says how they do
 */
record Experiment(
        Workplace place, WarmServers servers, LoadTool load, Results results, PrintStream out) {

    private static final int CALIBRATION_VIEWERS = 100;
    private static final LoadSpan CALIBRATION = new LoadSpan(10, 10, 50);
    private static final double ONE_CORE = 100;
    private static final int MIN_VIEWERS = 10;
    private static final int MAX_VIEWERS = 2000;

    /**
     * So many viewers of the large stream take this much of a core: by the table where it has that
     * row, else by a short load.
     *
     * @param cores 0.5 is half of one core
     */
    int viewersFor(double cores) throws InterruptedException {
        double viewers = CALIBRATION_VIEWERS * cores * ONE_CORE / percentOf(Scenario.MAIN);
        return (int) Math.clamp(Math.round(viewers), MIN_VIEWERS, MAX_VIEWERS);
    }

    /**
     * So many publishers, with their viewers, as the meeting has, take this much of a core: tried
     * with as many as those of the meeting let expect, since more of them cost less each.
     *
     * @param id of the scenario that has them
     */
    Scenario meetingsFor(String id, double cores) throws InterruptedException {
        Scenario meeting = Scenario.named(Scenario.MEETING);
        Scenario expected = scaled(meeting, id, cores * ONE_CORE / percentOf(Scenario.MEETING));
        return scaled(expected, id, cores * ONE_CORE / calibrate(expected));
    }

    private static Scenario scaled(Scenario scenario, String id, double factor) {
        int most = MAX_VIEWERS / scenario.viewersEach();
        long publishers = Math.round(factor * scenario.publishers());
        return scenario.withPublishers(id, (int) Math.clamp(publishers, 1, most));
    }

    private double percentOf(String scenario) throws InterruptedException {
        double percent =
                results.find(scenario, Subject.OF_SLUICE)
                        .map(row -> row.median(trial -> trial.load().cpuPercent()))
                        .orElse(Double.NaN);
        return Double.isNaN(percent) ? calibrate(Scenario.named(scenario)) : percent;
    }

    private double calibrate(Scenario scenario) throws InterruptedException {
        LoadTool.Run run = LoadTool.Run.against(servers.usual(scenario)).of(scenario);
        try (var running = load.start(CALIBRATION.applyTo(run), "calibration", _ -> {})) {
            return running.figures().cpuPercent();
        }
    }

    void remark(String form, Object... values) {
        String line = String.format(java.util.Locale.ROOT, form, values);
        results.remark(line);
        out.println(line);
    }
}
