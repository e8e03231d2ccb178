package dev.sluice.load.report;

import dev.sluice.load.count.ReceivedTotals;
import dev.sluice.load.count.SentTotals;

import org.jspecify.annotations.Nullable;

/**
 * What a run has found.
 *
 * @param plan what was asked for, as JSON has it
 * @param churn viewers that came and went; null without {@code --churn}
 * @param isComplete whether it measured for as long as it was told to
 * @param measuredNanos from the end of the warm-up to the end
 * @param sent by all publishers in that time
 * @param received by all viewers in that time
 * @param passingBytes of these, received by viewers that came and went
 * @param delay from a publisher's socket to a viewer's, of decrypted packets
 * @param server null where its process is not known
 * @param serverIsGone whether its process was known and is not there any more
 * @param generator this process
 * @param socketDrops datagrams that came and that this process did not read in time; those of
 *     viewers that have left meanwhile are not known
 * @param sendQueueFull datagrams that this process could not send
 * @param worstLatenessNanos how late the generator's own timers were at worst
 */
public record LoadReport(
        PlanFigures plan,
        JoinFigures publishers,
        JoinFigures subscribers,
        @Nullable JoinFigures churn,
        boolean isComplete,
        long measuredNanos,
        SentTotals sent,
        ReceivedTotals received,
        long passingBytes,
        Distribution delay,
        @Nullable ProcessFigures server,
        boolean serverIsGone,
        ProcessFigures generator,
        long socketDrops,
        long sendQueueFull,
        long worstLatenessNanos) {

    private static final double NANOS_PER_SECOND = 1e9;
    private static final double PERCENT = 100;

    public double seconds() {
        return measuredNanos / NANOS_PER_SECOND;
    }

    /** Clients that could not join, or did not stay. */
    public int failures() {
        int churned = churn == null ? 0 : churn.failed() + churn.lost();
        return publishers.failed()
                + publishers.lost()
                + subscribers.failed()
                + subscribers.lost()
                + churned;
    }

    /** Whether every client came and stayed, and the server did too. */
    public boolean isFlawless() {
        return failures() == 0 && !serverIsGone;
    }

    /** Packets that never came, of those that were expected. */
    public double lossPercent() {
        return received.expected() == 0 ? 0 : PERCENT * received.lost() / received.expected();
    }

    /** What reached the viewers' sockets, also what was dropped there on purpose. */
    public long forwardedPackets() {
        return received.datagrams() + received.injected();
    }

    /** What one forwarded packet cost the server; 0 where that is not known. */
    public double serverNanosPerPacket() {
        return server == null || forwardedPackets() == 0
                ? 0
                : (double) server.cpuNanos() / forwardedPackets();
    }

    /** A figure of the measured time as one of a second. */
    public double perSecond(long figure) {
        return measuredNanos == 0 ? 0 : figure / seconds();
    }
}
