package dev.sluice.bench.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.sluice.bench.process.BenchException;
import dev.sluice.bench.process.Cores;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.List;

class ResultsTest {

    private static final Subject JCE = new Subject(Subject.SLUICE, "jce");

    private final Results results = new Results();

    private void add(String scenario, Subject subject, int round, double nanos, double floor) {
        results.add(Figures.trial(scenario, subject, round, nanos, floor));
    }

    private Bar bar(String name) {
        return results.bars().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void comparesWithTheFloorOfTheSameRound() {
        add(Scenario.MAIN, Subject.OF_SLUICE, 1, 1200, 1000);
        add(Scenario.MAIN, Subject.OF_SLUICE, 2, 2600, 2000);
        add(Scenario.MAIN, Subject.OF_SLUICE, 3, 1500, 1000);
        Bar bar = bar("livestream-2500-100, sluice, over the C floor");
        assertThat(bar.figure()).isEqualTo(1.3);
        assertThat(bar.isMet()).isTrue();
    }

    @Test
    void allowsSlowerCiphersMore() {
        add(Scenario.MAIN, Subject.OF_SLUICE, 1, 1450, 1000);
        add(Scenario.MAIN, JCE, 1, 1450, 1000);
        assertThat(bar("livestream-2500-100, sluice, over the C floor").isMet()).isFalse();
        assertThat(bar("livestream-2500-100, sluice jce, over the C floor").isMet()).isTrue();
        assertThat(results.isMet()).isFalse();
    }

    @Test
    void comparesWithJanusOfTheSameRound() {
        add(Scenario.MAIN, Subject.OF_SLUICE, 1, 2000, 1900);
        add(Scenario.MAIN, Subject.OF_JANUS, 1, 10_000, Double.NaN);
        add(Scenario.MAIN, Subject.OF_SLUICE, 2, 4000, 3900);
        add(Scenario.MAIN, Subject.OF_JANUS, 2, 50_000, Double.NaN);
        assertThat(bar("livestream-2500-100, sluice, of Janus's").figure())
                .isEqualTo(0.14, within(1e-9));
    }

    @Test
    void asksNothingOfJanusBelowAHundredViewers() {
        add("livestream-600-10", Subject.OF_SLUICE, 1, 4000, 3900);
        add("livestream-600-10", Subject.OF_JANUS, 1, 5000, Double.NaN);
        assertThat(results.bars())
                .containsExactly(
                        new Bar("livestream-600-10, sluice, CPU per packet", 4000, 4300, "ns"));
    }

    @Test
    void wantsNoGrowthFromAHundredToSixHundredViewers() {
        add(Scenario.HUNDRED, Subject.OF_SLUICE, 1, 2000, Double.NaN);
        add(Scenario.SIX_HUNDRED, Subject.OF_SLUICE, 1, 2400, Double.NaN);
        assertThat(bar("a packet at 600 viewers over one at 100").isMet()).isFalse();
        assertThat(bar("a packet at 600 viewers over one at 100").figure()).isEqualTo(1.2);
    }

    @Test
    void missesABarThatWasNotMeasured() {
        assertThat(new Bar("delay", Double.NaN, 1, "ms").isMet()).isFalse();
        assertThat(new Bar("delay", 1, 1, "ms").isMet()).isTrue();
        assertThat(new Bar("delay", Double.NaN, 1, "ms"))
                .hasToString("MISSED delay: - ms, wanted at most 1.00");
    }

    @Test
    void goesOnAfterAFailureAndIsNotMet() throws InterruptedException {
        results.attempt(
                "memory",
                () -> {
                    throw new BenchException("no jcmd");
                });
        results.attempt("delay", () -> results.remark("measured"));
        assertThat(results.failures()).containsExactly("memory: no jcmd");
        assertThat(results.remarks()).containsExactly("measured");
        assertThat(results.isMet()).isFalse();
    }

    @Test
    void tablesEachScenarioAndServerOnce() {
        add(Scenario.MAIN, Subject.OF_SLUICE, 1, 1200, 1000);
        add(Scenario.MAIN, Subject.OF_JANUS, 1, 60_000, Double.NaN);
        add(Scenario.MAIN, Subject.OF_SLUICE, 2, 1250, 1000);
        String table = BenchTable.of(results);
        assertThat(table.lines().filter(line -> line.startsWith("livestream-2500-100")))
                .hasSize(2)
                .first()
                .asString()
                .contains("1225 1200-1250");
        assertThat(table).contains("met    livestream-2500-100, sluice, over the C floor: 1.23 x");
    }

    @Test
    void writesWhatIsNotKnownAsNull() throws IOException {
        add(Scenario.MAIN, Subject.OF_JANUS, 1, 60_000, Double.NaN);
        JsonNode json = new ObjectMapper().readTree(BenchJson.of(results, Cores.ofMachine()));
        JsonNode row = json.path("rows").get(0);
        assertThat(row.path("server").asText()).isEqualTo("janus");
        assertThat(row.path("nanosPerPacket").path("median").asDouble()).isEqualTo(60_000);
        assertThat(row.path("overFloor").path("median").isNull()).isTrue();
        assertThat(json.path("met").asBoolean()).isTrue();
    }

    @Test
    void takesEachProviderWhereItMatters() {
        Subjects subjects = new Subjects(List.of("auto", "jce"), true);
        assertThat(subjects.of(Scenario.named(Scenario.MAIN)))
                .containsExactly(Subject.OF_SLUICE, JCE, Subject.OF_JANUS);
        assertThat(subjects.of(Scenario.named(Scenario.AUDIO)))
                .containsExactly(Subject.OF_SLUICE, Subject.OF_JANUS);
    }

    @Test
    void doubtsTheFiguresOfABusyMachine() {
        Trial quiet = Figures.trial(Scenario.MAIN, Subject.OF_JANUS, 1, 50_000, Double.NaN);
        results.add(quiet);
        SpanFigures busy = new SpanFigures(null, 80, ThreadTimes.NONE);
        results.add(Trial.of(quiet.scenario(), Subject.OF_SLUICE, 1, Figures.load(2000), busy));
        assertThat(results.doubts())
                .contains(
                        "livestream-2500-100 with sluice: other programs took 80.0 % of a core"
                                + " meanwhile")
                .noneMatch(doubt -> doubt.startsWith("livestream-2500-100 with janus: other"));
    }

    @Test
    void doubtsFiguresOfWhatDidNotArrive() {
        add(Scenario.MAIN, Subject.OF_SLUICE, 1, 2000, 1900);
        // A tenth of 1,000 packets to 100 viewers.
        assertThat(results.doubts())
                .containsExactly(
                        "livestream-2500-100 with sluice: only 10.0 % of the packets came, by"
                                + " overload or for want of a core");
    }
}
