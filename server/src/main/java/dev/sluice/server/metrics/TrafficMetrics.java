package dev.sluice.server.metrics;

import dev.sluice.media.stats.Counter;
import dev.sluice.server.net.LoopGroup;
import dev.sluice.server.session.LoopCounters;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

import java.util.function.Function;

/** What has gone through the loops, and between them. */
final class TrafficMetrics implements MeterBinder {

    private final LoopGroup loops;

    TrafficMetrics(LoopGroup loops) {
        this.loops = loops;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        LoopSums sums = new LoopSums(registry, loops);
        bindMedia(sums);
        bindBatches(sums);
        bindLoops(sums);
    }

    private static void bindMedia(LoopSums sums) {
        sums.direction(
                "sluice.rtp.packets",
                "RTP packets",
                counters -> counters.rtpPacketsIn,
                counters -> counters.rtpPacketsOut);
        sums.direction(
                "sluice.rtp.bytes",
                "RTP bytes before SRTP",
                counters -> counters.rtpBytesIn,
                counters -> counters.rtpBytesOut);
        sums.direction(
                "sluice.rtp.retransmitted.packets",
                "Packets repaired (in) and sent again (out)",
                counters -> counters.received.recovered(),
                counters -> counters.retransmittedOut);
        sums.direction(
                "sluice.rtp.fec.packets",
                "Repair packets of FEC",
                counters -> counters.fecPacketsIn,
                counters -> counters.fecPacketsOut);
        recovered(sums, "fec", counters -> counters.fecRecovered);
        recovered(sums, "red", counters -> counters.redRecovered);
        sums.direction(
                "sluice.rtcp.nack",
                "NACK messages",
                counters -> counters.nacksIn,
                counters -> counters.nacksOut);
        sums.direction(
                "sluice.rtcp.pli",
                "Key frame requests",
                counters -> counters.keyFrameRequestsIn,
                counters -> counters.keyFrameRequestsOut);
        sums.counter(
                "sluice.rtp.packets.lost",
                "Packets lost on publishers' ways",
                counters -> counters.rtpPacketsLost);
    }

    private static void recovered(
            LoopSums sums, String by, Function<LoopCounters, Counter> counter) {
        sums.counter(
                "sluice.rtp.recovered.packets",
                "Packets of publishers that were recovered from others",
                counter,
                "by",
                by);
    }

    private static void bindBatches(LoopSums sums) {
        sums.counter(
                "sluice.udp.segmented.sends",
                "Sends that the kernel cut into datagrams",
                counters -> counters.runsOut);
        sums.counter(
                "sluice.udp.segmented.packets",
                "Datagrams that left by segmented sends",
                counters -> counters.runPacketsOut);
        sums.counter(
                "sluice.rtp.equalizing.bytes",
                "Padding that gave packets of a segmented send one size",
                counters -> counters.equalizingBytesOut);
    }

    private static void bindLoops(LoopSums sums) {
        sums.counter(
                "sluice.datagrams.handed.over",
                "Datagrams that reached another loop than their session's",
                counters -> counters.handedOver);
        sums.counter(
                "sluice.rtp.mirrored.packets",
                "Packets of publishers that were carried to viewers on other loops",
                counters -> counters.mirroredOut);
        sums.counter(
                "sluice.sessions.moved",
                "Sessions that went to the loop which their packets reach",
                counters -> counters.sessionsMoved);
    }
}
