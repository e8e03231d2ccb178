package dev.sluice.server.metrics;

import dev.sluice.media.stats.Counter;
import dev.sluice.media.stats.HealthLevel;
import dev.sluice.server.net.EngineLoop;
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
import java.util.function.ToDoubleFunction;

/** What Prometheus reads: the loop's counters and state, and the JVM's. Labels are bounded sets. */
public final class SluiceMetrics implements AutoCloseable {

    /** Of what {@link #scrape} gives. */
    public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final PrometheusMeterRegistry registry =
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics garbage = new JvmGcMetrics();
    private volatile EngineSnapshot snapshot = EngineSnapshot.EMPTY;
    private final EngineLoop loop;

    /**
     * @param srtpProvider what SRTP runs on, as the configuration names it
     * @param srtpLibraries its libraries and their versions
     */
    public SluiceMetrics(EngineLoop loop, String srtpProvider, String srtpLibraries) {
        this.loop = loop;
        bindJvm();
        bindState();
        bindSrtp(srtpProvider, srtpLibraries);
        bindTraffic(loop.counters());
        bindBatches(loop.counters());
        bindFailures(loop.counters());
        registry.getPrometheusRegistry()
                .register(new ForwardingDelayCollector(loop.forwardingDelay()));
    }

    /** The exposition text of this moment. */
    public String scrape() {
        snapshot = loop.snapshot();
        return registry.scrape();
    }

    private void bindJvm() {
        new ClassLoaderMetrics().bindTo(registry);
        new JvmMemoryMetrics().bindTo(registry);
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
        Gauge.builder("sluice.tcp.connections", () -> loop.tcpConnections())
                .description("TCP connections of media")
                .register(registry);
        Gauge.builder("sluice.loop.lag", () -> loop.lag().maxNanos() / 1e9)
                .description("Worst lateness of the media loop in the last seconds")
                .baseUnit("seconds")
                .register(registry);
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

    private void bindTraffic(LoopCounters counters) {
        direction(
                "sluice.rtp.packets", "RTP packets", counters.rtpPacketsIn, counters.rtpPacketsOut);
        direction(
                "sluice.rtp.bytes",
                "RTP bytes before SRTP",
                counters.rtpBytesIn,
                counters.rtpBytesOut);
        direction(
                "sluice.rtp.retransmitted.packets",
                "Packets repaired (in) and sent again (out)",
                counters.received.recovered(),
                counters.retransmittedOut);
        direction(
                "sluice.rtp.fec.packets",
                "Repair packets of FEC",
                counters.fecPacketsIn,
                counters.fecPacketsOut);
        recovered("fec", counters.fecRecovered);
        recovered("red", counters.redRecovered);
        direction("sluice.rtcp.nack", "NACK messages", counters.nacksIn, counters.nacksOut);
        direction(
                "sluice.rtcp.pli",
                "Key frame requests",
                counters.keyFrameRequestsIn,
                counters.keyFrameRequestsOut);
        counter(
                "sluice.rtp.packets.lost",
                "Packets lost on publishers' ways",
                counters.rtpPacketsLost);
    }

    private void bindBatches(LoopCounters counters) {
        counter(
                "sluice.udp.segmented.sends",
                "Sends that the kernel cut into datagrams",
                counters.runsOut);
        counter(
                "sluice.udp.segmented.packets",
                "Datagrams that left by segmented sends",
                counters.runPacketsOut);
        counter(
                "sluice.rtp.equalizing.bytes",
                "Padding that gave packets of a segmented send one size",
                counters.equalizingBytesOut);
    }

    private void recovered(String by, Counter counter) {
        counter(
                "sluice.rtp.recovered.packets",
                "Packets of publishers that were recovered from others",
                counter,
                "by",
                by);
    }

    private void bindFailures(LoopCounters counters) {
        counter(
                "sluice.tcp.accepts",
                "TCP connections of media that came",
                counters.tcpAccepted,
                "outcome",
                "accepted");
        counter(
                "sluice.tcp.accepts",
                "TCP connections of media that came",
                counters.tcpRefused,
                "outcome",
                "refused");
        for (DropReason reason : DropReason.values()) {
            counter(
                    "sluice.datagrams.dropped",
                    "Datagrams and packets dropped",
                    counters.dropped(reason),
                    "reason",
                    reason.label());
        }
        for (SrtpStatus status : SrtpStatus.values()) {
            if (status != SrtpStatus.OK) {
                counter(
                        "sluice.srtp.failures",
                        "SRTP and SRTCP packets not accepted",
                        counters.srtpFailure(status),
                        "reason",
                        status.name().toLowerCase(Locale.ROOT));
            }
        }
        for (HandshakeOutcome outcome : HandshakeOutcome.values()) {
            counter(
                    "sluice.dtls.handshakes",
                    "DTLS handshakes ended",
                    counters.handshake(outcome),
                    "outcome",
                    outcome.label());
        }
    }

    private void direction(String name, String description, Counter in, Counter out) {
        counter(name, description, in, "direction", "in");
        counter(name, description, out, "direction", "out");
    }

    private void counter(String name, String description, Counter counter, String... tags) {
        FunctionCounter.builder(name, counter, Counter::value)
                .description(description)
                .tags(tags)
                .register(registry);
    }

    @Override
    public void close() {
        garbage.close();
        registry.close();
    }
}
