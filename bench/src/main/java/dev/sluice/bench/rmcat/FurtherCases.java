package dev.sluice.bench.rmcat;

import static dev.sluice.bench.rmcat.Topology.DEFAULT_DELAY_MILLIS;
import static dev.sluice.bench.rmcat.Topology.DEFAULT_QUEUE_MILLIS;

import java.util.List;

/** What else is required, on the topology of RFC 8867. */
final class FurtherCases {

    private static final long MEGABIT = 1_000_000;

    /** A packet that waits for longer shows that the sender has not yet followed the capacity. */
    private static final double SETTLED_MILLIS = 100;

    private FurtherCases() {}

    static List<TestCase> all() {
        return List.of(
                new TestCase("drop", FurtherCases::drop),
                new TestCase("pair", FurtherCases::pair),
                new TestCase("loss", FurtherCases::randomLoss),
                new TestCase("cliff", FurtherCases::cliff));
    }

    /** The capacity falls to 0.6 of what it was. */
    private static CaseResult drop(long seed) {
        var topology = topology(80, seed, step(0, 2), step(40, 1.2));
        topology.mediaForward("media", upTo(3), DEFAULT_DELAY_MILLIS, new Span(0, 80));
        topology.run();
        Trace media = topology.mediaTraces().getFirst();
        return new Figures(topology)
                .steady(30, 40, 50, 60, 70, 80)
                .barUtilisation()
                .barWaiting()
                .bar(Bar.under("recovery", recoverySeconds(media, 40, 60), 2, "s"))
                .bar(
                        Bar.under(
                                "loss in the 2 s after the drop",
                                100 * media.lossRatio(40, 42),
                                2,
                                "%"))
                .result("drop", "2 to 1.2 Mbit/s at 40 s");
    }

    private static CaseResult pair(long seed) {
        var topology = topology(120, seed, step(0, 3));
        topology.mediaForward("media 1", upTo(3), DEFAULT_DELAY_MILLIS, new Span(0, 120));
        topology.mediaForward("media 2", upTo(3), DEFAULT_DELAY_MILLIS, new Span(10, 120));
        topology.run();
        return new Figures(topology)
                .steady(20, 120)
                .jain(60, 120)
                .barWaiting()
                .barFairness()
                .result("pair", "Two flows on 3 Mbit/s, 10 s apart");
    }

    private static CaseResult randomLoss(long seed) {
        var topology = topology(60, seed, step(0, 5));
        topology.losing(0.1);
        topology.mediaForward("media", upTo(6), DEFAULT_DELAY_MILLIS, new Span(0, 60));
        topology.run();
        double leastBps = topology.mediaTraces().getFirst().leastRateBps(20, 60, 10);
        return new Figures(topology)
                .steady(20, 60)
                .bar(Bar.over("least rate of any 10 s", leastBps / MEGABIT, 1, "Mbit/s"))
                .result("loss", "10 % random loss on 5 Mbit/s");
    }

    private static CaseResult cliff(long seed) {
        var topology = topology(80, seed, step(0, 10), step(30, 0.8), step(50, 10));
        topology.mediaForward("media", upTo(12), DEFAULT_DELAY_MILLIS, new Span(0, 80));
        topology.run();
        Trace media = topology.mediaTraces().getFirst();
        return new Figures(topology)
                .steady(10, 30, 40, 50, 70, 80)
                .bar(Bar.under("3 Mbit/s again after", secondsTo(media, 3, 50, 80), 20, "s"))
                .result("cliff", "10 to 0.8 Mbit/s at 30 s, back at 50 s");
    }

    /** Until no packet waits for too long any more, for two seconds; infinite if that is never. */
    private static double recoverySeconds(Trace media, double fromSeconds, double toSeconds) {
        for (double at = fromSeconds + 0.1; at + 2 <= toSeconds; at += 0.1) {
            if (media.longestWaitMillis(at, at + 2) < SETTLED_MILLIS) {
                return at - fromSeconds;
            }
        }
        return Double.POSITIVE_INFINITY;
    }

    /** How long until a whole second carries that much, infinite when none does. */
    private static double secondsTo(
            Trace media, double megabits, double fromSeconds, double toSeconds) {
        for (double at = fromSeconds; at + 1 <= toSeconds; at += 0.1) {
            if (media.rateBps(at, at + 1) > megabits * MEGABIT) {
                return at + 1 - fromSeconds;
            }
        }
        return Double.POSITIVE_INFINITY;
    }

    private static VideoSource.Range upTo(int megabits) {
        return new VideoSource.Range(150_000, megabits * MEGABIT);
    }

    private static Topology topology(double seconds, long seed, Link.Step... forward) {
        return new Topology(
                seconds, DEFAULT_QUEUE_MILLIS, List.of(forward), List.of(step(0, 100)), seed);
    }

    private static Link.Step step(double atSeconds, double megabits) {
        return new Link.Step((long) (atSeconds * 1e9), (long) (megabits * MEGABIT));
    }
}
