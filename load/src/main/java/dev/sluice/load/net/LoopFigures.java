package dev.sluice.load.net;

import dev.sluice.load.count.ReceivedTotals;
import dev.sluice.load.count.SentTotals;

/**
 * What the clients of a loop, or of all loops, have sent and received; those that have left count
 * too.
 *
 * @param socketDrops datagrams that the kernel dropped, as they were not read in time
 * @param passingBytes what was received by viewers that come and go
 * @param sendQueueFull datagrams that were not sent because a socket took no more
 * @param worstLatenessNanos how late a timer was at worst
 */
public record LoopFigures(
        SentTotals sent,
        ReceivedTotals received,
        long socketDrops,
        long passingBytes,
        long sendQueueFull,
        long worstLatenessNanos) {

    public static final LoopFigures ZERO =
            new LoopFigures(SentTotals.ZERO, ReceivedTotals.ZERO, 0, 0, 0, 0);

    public LoopFigures plus(LoopFigures other) {
        return new LoopFigures(
                sent.plus(other.sent),
                received.plus(other.received),
                socketDrops + other.socketDrops,
                passingBytes + other.passingBytes,
                sendQueueFull + other.sendQueueFull,
                Math.max(worstLatenessNanos, other.worstLatenessNanos));
    }
}
