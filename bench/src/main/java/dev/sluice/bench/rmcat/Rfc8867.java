package dev.sluice.bench.rmcat;

import static dev.sluice.bench.rmcat.Topology.DEFAULT_DELAY_MILLIS;
import static dev.sluice.bench.rmcat.Topology.DEFAULT_QUEUE_MILLIS;

import java.util.List;

/**
 * The test cases of RFC 8867 section 5, with its timings, capacities and delays. One thing differs:
 * sources go up to 3 Mbit/s, not 1.5, so that it is the path that limits them.
 */
final class Rfc8867 {

    private static final long MEGABIT = 1_000_000;
    private static final VideoSource.Range VIDEO = new VideoSource.Range(150_000, 3 * MEGABIT);
    private static final List<Link.Step> WIDE = List.of(step(0, 100));

    private Rfc8867() {}

    static List<TestCase> all() {
        return List.of(
                new TestCase("5.1", Rfc8867::singleFlow),
                new TestCase("5.2", Rfc8867::multipleFlows),
                new TestCase("5.3", Rfc8867::congestedFeedback),
                new TestCase("5.4", Rfc8867::competingFlows),
                new TestCase("5.5", Rfc8867::roundTripFairness),
                new TestCase("5.6", seed -> longTcp("5.6", DEFAULT_QUEUE_MILLIS, seed)),
                new TestCase("5.6b", seed -> longTcp("5.6b", 1000, seed)),
                new TestCase("5.7", Rfc8867::shortTcp),
                new TestCase("5.8", Rfc8867::pauseAndResume));
    }

    private static CaseResult singleFlow(long seed) {
        var topology = topology(100, seed, step(0, 1), step(40, 2.5), step(60, 0.6), step(80, 1));
        topology.mediaForward("media", VIDEO, DEFAULT_DELAY_MILLIS, new Span(0, 100));
        topology.run();
        return new Figures(topology)
                .steady(10, 20, 30, 40, 50, 60, 70, 80, 90, 100)
                .barUtilisation()
                .barWaiting()
                .result("5.1", "Variable capacity, one flow");
    }

    private static CaseResult multipleFlows(long seed) {
        var topology =
                topology(
                        125,
                        seed,
                        step(0, 4),
                        step(25, 2),
                        step(50, 3.5),
                        step(75, 1),
                        step(100, 2));
        for (int i = 1; i <= 2; i++) {
            topology.mediaForward("media " + i, VIDEO, DEFAULT_DELAY_MILLIS, new Span(0, 125));
        }
        topology.run();
        return new Figures(topology)
                .steady(10, 25, 35, 50, 60, 75, 85, 100, 110, 125)
                .jain(60, 125)
                .barWaiting()
                .barFairness()
                .result("5.2", "Variable capacity, two flows");
    }

    private static CaseResult congestedFeedback(long seed) {
        var topology =
                new Topology(
                        100,
                        DEFAULT_QUEUE_MILLIS,
                        List.of(step(0, 2), step(20, 1), step(40, 0.5), step(60, 2)),
                        List.of(step(0, 2), step(35, 0.8), step(70, 2)),
                        seed);
        topology.mediaForward("forward", VIDEO, DEFAULT_DELAY_MILLIS, new Span(0, 100));
        topology.mediaBackward("backward", VIDEO, DEFAULT_DELAY_MILLIS, new Span(0, 100));
        topology.run();
        return new Figures(topology)
                .steady(10, 20, 30, 35, 50, 60, 80, 100)
                .barWaiting()
                .result("5.3", "Congested feedback, both directions");
    }

    private static CaseResult competingFlows(long seed) {
        var topology = topology(120, seed, step(0, 3.5));
        for (int i = 0; i < 3; i++) {
            topology.mediaForward(
                    "media " + (i + 1), VIDEO, DEFAULT_DELAY_MILLIS, new Span(20 * i, 120));
        }
        topology.run();
        return new Figures(topology)
                .steady(30, 40, 50, 120)
                .jain(60, 120)
                .barWaiting()
                .result("5.4", "Three flows, one after the other");
    }

    private static CaseResult roundTripFairness(long seed) {
        var topology = topology(300, seed, step(0, 4));
        int[] delaysMillis = {10, 25, 50, 100, 150};
        for (int i = 0; i < delaysMillis.length; i++) {
            topology.mediaForward(
                    "%d ms".formatted(delaysMillis[i]),
                    VIDEO,
                    delaysMillis[i],
                    new Span(10 * i, 300));
        }
        topology.run();
        return new Figures(topology)
                .steady(50, 300)
                .jain(100, 300)
                .barWaiting()
                .result("5.5", "Five flows of different round trips");
    }

    private static CaseResult longTcp(String id, int queueMillis, long seed) {
        var topology = new Topology(120, queueMillis, List.of(step(0, 2)), WIDE, seed);
        topology.longTcp("TCP", new Span(0, 120));
        topology.mediaForward("media", VIDEO, DEFAULT_DELAY_MILLIS, new Span(5, 120));
        topology.run();
        Trace media = topology.mediaTraces().getFirst();
        double fairShareBps = MEGABIT;
        return new Figures(topology)
                .steady(20, 120)
                .bar(
                        Bar.over(
                                "share of a fair share",
                                100 * media.rateBps(20, 120) / fairShareBps,
                                20,
                                "%"))
                .bar(
                        Bar.over(
                                "least rate of any 5 s",
                                media.leastRateBps(20, 120, 5) / 1e3,
                                100,
                                "kbit/s"))
                .result(id, "Long TCP, queue of " + queueMillis + " ms");
    }

    private static CaseResult shortTcp(long seed) {
        var topology = topology(300, seed, step(0, 2));
        for (int i = 1; i <= 2; i++) {
            topology.mediaForward("media " + i, VIDEO, DEFAULT_DELAY_MILLIS, new Span(5, 300));
        }
        Trace tcp = topology.tcpTrace("TCP");
        for (int i = 0; i < 10; i++) {
            topology.shortTcp(tcp, new Span(0, 300), i >= 2);
        }
        topology.run();
        return new Figures(topology)
                .steady(20, 300)
                .jain(60, 300)
                .result("5.7", "Short TCP transfers, two flows");
    }

    private static CaseResult pauseAndResume(long seed) {
        var topology = topology(120, seed, step(0, 3.5));
        topology.mediaForward(
                "pausing", VIDEO, DEFAULT_DELAY_MILLIS, new Span(0, 40), new Span(60, 120));
        for (int i = 2; i <= 3; i++) {
            topology.mediaForward("media " + i, VIDEO, DEFAULT_DELAY_MILLIS, new Span(0, 120));
        }
        topology.run();
        return new Figures(topology)
                .steady(10, 40, 50, 60, 70, 120)
                .jain(80, 120)
                .barWaiting()
                .result("5.8", "Pause and resume, three flows");
    }

    private static Topology topology(double seconds, long seed, Link.Step... forward) {
        return new Topology(seconds, DEFAULT_QUEUE_MILLIS, List.of(forward), WIDE, seed);
    }

    private static Link.Step step(double atSeconds, double megabits) {
        return new Link.Step((long) (atSeconds * 1e9), (long) (megabits * MEGABIT));
    }
}
