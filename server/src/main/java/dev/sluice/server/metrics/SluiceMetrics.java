package dev.sluice.server.metrics;

import dev.sluice.media.stats.HealthLevel;
import dev.sluice.server.net.EngineLoop;
import dev.sluice.server.net.LoopGroup;
import dev.sluice.server.router.EngineSnapshot;
import dev.sluice.server.router.Role;

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
        bindLoops();
        new TrafficMetrics(loops).bindTo(registry);
        new FailureMetrics(loops).bindTo(registry);
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
            Gauge.builder("sluice.loop.real.time", () -> loop.isRealTime() ? 1 : 0)
                    .description("Whether a media loop runs before other threads")
                    .tag("loop", Integer.toString(i))
                    .register(registry);
        }
        Gauge.builder("sluice.media.wait", () -> snapshot.mediaWaitNanos() / 1e9)
                .description("How long the oldest media that waits for its turn has waited")
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

    @Override
    public void close() {
        garbage.close();
        registry.close();
    }
}
