package dev.sluice.server.metrics;

import dev.sluice.server.net.LoopGroup;
import dev.sluice.server.session.DropReason;
import dev.sluice.server.session.HandshakeOutcome;
import dev.sluice.srtp.context.SrtpStatus;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

import java.util.Locale;

/** What the loops have refused, dropped or seen fail, by reason or outcome. */
final class FailureMetrics implements MeterBinder {

    private final LoopGroup loops;

    FailureMetrics(LoopGroup loops) {
        this.loops = loops;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        LoopSums sums = new LoopSums(registry, loops);
        bindAccepts(sums);
        bindDrops(sums);
        bindSrtp(sums);
        bindHandshakes(sums);
    }

    private static void bindAccepts(LoopSums sums) {
        sums.counter(
                "sluice.tcp.accepts",
                "TCP connections of media that came",
                counters -> counters.tcpAccepted,
                "outcome",
                "accepted");
        sums.counter(
                "sluice.tcp.accepts",
                "TCP connections of media that came",
                counters -> counters.tcpRefused,
                "outcome",
                "refused");
    }

    private static void bindDrops(LoopSums sums) {
        for (DropReason reason : DropReason.values()) {
            sums.counter(
                    "sluice.datagrams.dropped",
                    "Datagrams and packets dropped",
                    counters -> counters.dropped(reason),
                    "reason",
                    reason.label());
        }
    }

    private static void bindSrtp(LoopSums sums) {
        for (SrtpStatus status : SrtpStatus.values()) {
            if (status != SrtpStatus.OK) {
                sums.counter(
                        "sluice.srtp.failures",
                        "SRTP and SRTCP packets not accepted",
                        counters -> counters.srtpFailure(status),
                        "reason",
                        status.name().toLowerCase(Locale.ROOT));
            }
        }
    }

    private static void bindHandshakes(LoopSums sums) {
        for (HandshakeOutcome outcome : HandshakeOutcome.values()) {
            sums.counter(
                    "sluice.dtls.handshakes",
                    "DTLS handshakes ended",
                    counters -> counters.handshake(outcome),
                    "outcome",
                    outcome.label());
        }
    }
}
