package dev.sluice.server.metrics;

import dev.sluice.media.stats.Counter;
import dev.sluice.media.stats.HealthLevel;
import dev.sluice.server.net.EngineLoop;
import dev.sluice.server.net.LoopGroup;
import dev.sluice.server.router.EngineSnapshot;
import dev.sluice.server.router.Role;
import dev.sluice.server.session.DropReason;
import dev.sluice.server.session.HandshakeOutcome;
import dev.sluice.server.session.LoopCounters;
import dev.sluice.srtp.context.SrtpStatus;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** What Prometheus reads: the loops' counters and state, and the JVM's. Labels are bounded sets. */
public final class SluiceMetrics implements AutoCloseable {

    /** Of what {@link #scrape} gives. */
    public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final PrometheusMeterRegistry registry =
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics garbage = new JvmGcMetrics();
    private volatile EngineSnapshot snapshot = EngineSnapshot.EMPTY;
    private final LoopGroup loops;

    /**
     * @param srtpProvider what SRTP runs on, as the configuration names it
     * @param srtpLibraries its libraries and their versions
     */
    public SluiceMetrics(LoopGroup loops, String srtpProvider, String srtpLibraries) {
        this.loops = loops;
        bindJvm();
        bindState();
        bindSrtp(srtpProvider, srtpLibraries);
        bindTraffic();
        bindBatches();
        bindLoops();
        bindFailures();
        registry.getPrometheusRegistry()
                .register(
                        new ForwardingDelayCollector(
                                loops.loops().stream().map(EngineLoop::forwardingDelay).toList()));
    }

    /** The exposition text of this moment. */
    public String scrape() {
        snapshot = loops.snapshot();
        return registry.scrape();
    }

    private void bindJvm() {
        new ClassLoaderMetrics().bindTo(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new DirectMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        garbage.bindTo(registry);
    }

    private void bindState() {
        bindSessions();
        Gauge.builder("sluice.streams", () -> snapshot.streams())
                .description("Streams that somebody publishes")
                .register(registry);
        gauge(
                "sluice.rtp.streams",
                "RTP streams of publishers",
                "state",
                "active",
                EngineSnapshot::activeRtpStreams);
        gauge(
                "sluice.rtp.streams",
                "RTP streams of publishers",
                "state",
                "paused",
                EngineSnapshot::pausedRtpStreams);
        Gauge.builder("sluice.dtls.handshakes.running", () -> snapshot.handshakes())
                .description("DTLS handshakes under way")
                .register(registry);
        Gauge.builder("sluice.tcp.connections", () -> loops.tcpConnections())
                .description("TCP connections of media")
                .register(registry);
    }

    private void bindLoops() {
        for (int i = 0; i < loops.loops().size(); i++) {
            EngineLoop loop = loops.loops().get(i);
            Gauge.builder("sluice.loop.lag", () -> loop.lag().maxNanos() / 1e9)
                    .description("Worst lateness of a media loop in the last seconds")
                    .baseUnit("seconds")
                    .tag("loop", Integer.toString(i))
                    .register(registry);
        }
        Gauge.builder("sluice.media.wait", () -> snapshot.mediaWaitNanos() / 1e9)
                .description("How long the oldest media that waits for its turn has waited")
                .baseUnit("seconds")
                .register(registry);
        counter(
                "sluice.datagrams.handed.over",
                "Datagrams that reached another loop than their session's",
                counters -> counters.handedOver);
        counter(
                "sluice.rtp.mirrored.packets",
                "Packets of publishers that were carried to viewers on other loops",
                counters -> counters.mirroredOut);
        counter(
                "sluice.sessions.moved",
                "Sessions that went to the loop which their packets reach",
                counters -> counters.sessionsMoved);
    }

    private void bindSrtp(String provider, String libraries) {
        Gauge.builder("sluice.srtp.provider.info", () -> 1)
                .description("What SRTP runs on")
                .tag("provider", provider)
                .tag("libraries", libraries)
                .register(registry);
    }

    private void bindSessions() {
        for (Role role : Role.values()) {
            for (HealthLevel level : HealthLevel.values()) {
                Gauge.builder("sluice.sessions", () -> snapshot.sessions(role, level))
                        .description("Sessions")
                        .tag("role", role.name().toLowerCase(Locale.ROOT))
                        .tag("health", level.name().toLowerCase(Locale.ROOT))
                        .register(registry);
            }
        }
    }

    private void gauge(
            String name,
            String description,
            String label,
            String value,
            ToDoubleFunction<EngineSnapshot> figure) {
        Gauge.builder(name, () -> figure.applyAsDouble(snapshot))
                .description(description)
                .tag(label, value)
                .register(registry);
    }

    private void bindTraffic() {
        direction(
                "sluice.rtp.packets",
                "RTP packets",
                counters -> counters.rtpPacketsIn,
                counters -> counters.rtpPacketsOut);
        direction(
                "sluice.rtp.bytes",
                "RTP bytes before SRTP",
                counters -> counters.rtpBytesIn,
                counters -> counters.rtpBytesOut);
        direction(
                "sluice.rtp.retransmitted.packets",
                "Packets repaired (in) and sent again (out)",
                counters -> counters.received.recovered(),
                counters -> counters.retransmittedOut);
        direction(
                "sluice.rtp.fec.packets",
                "Repair packets of FEC",
                counters -> counters.fecPacketsIn,
                counters -> counters.fecPacketsOut);
        recovered("fec", counters -> counters.fecRecovered);
        recovered("red", counters -> counters.redRecovered);
        direction(
                "sluice.rtcp.nack",
                "NACK messages",
                counters -> counters.nacksIn,
                counters -> counters.nacksOut);
        direction(
                "sluice.rtcp.pli",
                "Key frame requests",
                counters -> counters.keyFrameRequestsIn,
                counters -> counters.keyFrameRequestsOut);
        counter(
                "sluice.rtp.packets.lost",
                "Packets lost on publishers' ways",
                counters -> counters.rtpPacketsLost);
    }

    private void bindBatches() {
        counter(
                "sluice.udp.segmented.sends",
                "Sends that the kernel cut into datagrams",
                counters -> counters.runsOut);
        counter(
                "sluice.udp.segmented.packets",
                "Datagrams that left by segmented sends",
                counters -> counters.runPacketsOut);
        counter(
                "sluice.rtp.equalizing.bytes",
                "Padding that gave packets of a segmented send one size",
                counters -> counters.equalizingBytesOut);
    }

    private void recovered(String by, Function<LoopCounters, Counter> counter) {
        counter(
                "sluice.rtp.recovered.packets",
                "Packets of publishers that were recovered from others",
                counter,
                "by",
                by);
    }

    private void bindFailures() {
        counter(
                "sluice.tcp.accepts",
                "TCP connections of media that came",
                counters -> counters.tcpAccepted,
                "outcome",
                "accepted");
        counter(
                "sluice.tcp.accepts",
                "TCP connections of media that came",
                counters -> counters.tcpRefused,
                "outcome",
                "refused");
        for (DropReason reason : DropReason.values()) {
            counter(
                    "sluice.datagrams.dropped",
                    "Datagrams and packets dropped",
                    counters -> counters.dropped(reason),
                    "reason",
                    reason.label());
        }
        for (SrtpStatus status : SrtpStatus.values()) {
            if (status != SrtpStatus.OK) {
                counter(
                        "sluice.srtp.failures",
                        "SRTP and SRTCP packets not accepted",
                        counters -> counters.srtpFailure(status),
                        "reason",
                        status.name().toLowerCase(Locale.ROOT));
            }
        }
        for (HandshakeOutcome outcome : HandshakeOutcome.values()) {
            counter(
                    "sluice.dtls.handshakes",
                    "DTLS handshakes ended",
                    counters -> counters.handshake(outcome),
                    "outcome",
                    outcome.label());
        }
    }

    private void direction(
            String name,
            String description,
            Function<LoopCounters, Counter> in,
            Function<LoopCounters, Counter> out) {
        counter(name, description, in, "direction", "in");
        counter(name, description, out, "direction", "out");
    }

    private void counter(
            String name,
            String description,
            Function<LoopCounters, Counter> counter,
            String... tags) {
        FunctionCounter.builder(name, loops, all -> sum(all, counter))
                .description(description)
                .tags(tags)
                .register(registry);
    }

    private static double sum(LoopGroup loops, Function<LoopCounters, Counter> counter) {
        return loops.loops().stream()
                .mapToLong(loop -> counter.apply(loop.counters()).value())
                .sum();
    }

    @Override
    public void close() {
        garbage.close();
        registry.close();
    }
}
