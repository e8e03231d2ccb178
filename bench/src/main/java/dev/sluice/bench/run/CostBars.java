package dev.sluice.bench.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a forwarded packet may cost, told by the rows of the table. */
final class CostBars {

    /** Times the floor with bursts, by the provider of ciphers. */
    private static final Map<String, Double> OVER_FLOOR =
            Map.of(Subject.DEFAULT_PROVIDER, 1.3, "jce", 1.5, "bouncycastle", 2.0);

    private static final double AUDIO_OVER_FLOOR = 1.3;

    /** The least that was published of an SFU. */
    private static final double RECORD_NANOS = 4300;

    private static final double SHARE_OF_JANUS = 0.1;
    private static final int MANY_VIEWERS = 100;
    private static final double GROWTH = 1.15;

    private final Results results;
    private final List<Bar> bars = new ArrayList<>();

    private CostBars(Results results) {
        this.results = results;
    }

    static List<Bar> of(Results results) {
        CostBars all = new CostBars(results);
        results.rows().stream().filter(row -> row.subject().isSluice()).forEach(all::addOf);
        all.addGrowth();
        return all.bars;
    }

    private void addOf(Row row) {
        Scenario scenario = row.scenario();
        boolean hasFloor = !Double.isNaN(row.overFloor().median());
        if (scenario.id().equals(Scenario.MAIN) && hasFloor) {
            Double limit = OVER_FLOOR.get(row.subject().provider());
            if (limit != null) {
                add(row, "over the C floor", row.overFloor().median(), limit, "x");
            }
        }
        if (scenario.id().equals(Scenario.AUDIO) && hasFloor) {
            add(row, "over the C floor", row.overFloor().median(), AUDIO_OVER_FLOOR, "x");
        }
        if (scenario.isLowRate()) {
            add(row, "CPU per packet", row.nanosPerPacket(), RECORD_NANOS, "ns");
        }
        if (scenario.viewers() >= MANY_VIEWERS && !row.janus().isEmpty()) {
            add(row, "of Janus's", row.overJanus().median(), SHARE_OF_JANUS, "x");
        }
    }

    private void add(Row row, String what, double figure, double limit, String unit) {
        String name = "%s, %s, %s".formatted(row.scenario().id(), row.subject().name(), what);
        bars.add(new Bar(name, figure, limit, unit));
    }

    private void addGrowth() {
        for (Row few : results.rows()) {
            if (few.scenario().id().equals(Scenario.HUNDRED) && few.subject().isSluice()) {
                results.find(Scenario.SIX_HUNDRED, few.subject())
                        .ifPresent(many -> addGrowth(few, many));
            }
        }
    }

    private void addGrowth(Row few, Row many) {
        double growth = many.nanosPerPacket() / few.nanosPerPacket();
        bars.add(new Bar("a packet at 600 viewers over one at 100", growth, GROWTH, "x"));
    }
}
