package dev.sluice.load.app;

import dev.sluice.load.client.ClientFailure;
import dev.sluice.load.client.ClientWorld;
import dev.sluice.load.client.FailureReason;
import dev.sluice.load.client.LoadClient;
import dev.sluice.load.client.WatchingClient;
import dev.sluice.load.report.LoadReport;
import dev.sluice.media.time.WallClock;
import dev.sluice.srtp.keys.CertificateIdentity;
import dev.sluice.srtp.keys.SrtpProfile;

import io.netty.buffer.PooledByteBufAllocator;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.PrintStream;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;

/** One run: publishers join, viewers join, all is measured, all leave. */
public final class LoadRun implements AutoCloseable {

    private static final List<SrtpProfile> PROFILES =
            List.of(SrtpProfile.AEAD_AES_128_GCM, SrtpProfile.AES_CM_128_HMAC_SHA1_80);

    private static final Duration CERTIFICATE_LIFETIME = Duration.ofDays(2);
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final long STOP_CHECK_MILLIS = 100;

    private final LoadPlan plan;
    private final Fleet fleet;
    private final JoinLedger publishing = new JoinLedger();
    private final JoinLedger watching = new JoinLedger();
    private final @Nullable JoinLedger churning;
    private final Attendance attendance;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Measurement measurement;
    private final Progress progress;

    /**
     * @param out takes a line each second
     * @throws IOException when the server's name cannot be resolved
     */
    public LoadRun(LoadPlan plan, PrintStream out) throws IOException {
        this.plan = plan;
        this.fleet = new Fleet(plan, world());
        this.attendance = new Attendance(fleet, publishing, watching, System::nanoTime);
        this.churning = plan.churnRate() > 0 ? new JoinLedger() : null;
        this.measurement = new Measurement(plan, fleet);
        this.progress = new Progress(plan, fleet, publishing, watching, churning, out);
    }

    private static ClientWorld world() {
        SecureRandom random = new SecureRandom();
        long unixNanos = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
        return new ClientWorld(
                CertificateIdentity.generate(random, Instant.now(), CERTIFICATE_LIFETIME),
                PROFILES,
                PooledByteBufAllocator.DEFAULT,
                random,
                new WallClock(unixNanos - System.nanoTime()),
                random.nextInt());
    }

    /** Runs to its end, or until {@link #stop}. */
    public LoadReport run() throws InterruptedException {
        progress.start();
        try {
            joinAndMeasure();
        } finally {
            progress.stop();
        }
        attendance.leaveAll();
        boolean isComplete = stop.getCount() > 0 && measurement.hasLasted(plan.seconds());
        return measurement.report(
                publishing.figures(),
                watching.figures(),
                churning == null ? null : churning.figures(),
                isComplete);
    }

    private void joinAndMeasure() throws InterruptedException {
        joinAll(plan.publishers(), this::publish);
        if (isWorthGoingOn(plan.publishers(), publishing)) {
            joinAll(plan.subscribers(), this::watch);
        }
        boolean isWorthMeasuring =
                isWorthGoingOn(plan.publishers(), publishing)
                        && isWorthGoingOn(plan.subscribers(), watching);
        if (isWorthMeasuring) {
            pause(TimeUnit.SECONDS.toNanos(plan.warmupSeconds()));
        }
        measurement.begin();
        if (isWorthMeasuring) {
            measure();
        } else {
            measurement.end();
        }
    }

    /** Not where clients were asked for and none is there. */
    private static boolean isWorthGoingOn(int asked, JoinLedger ledger) {
        return asked == 0 || ledger.joined() > 0;
    }

    /** Ends the run as soon as it can: its report tells what was measured until now. */
    public void stop() {
        stop.countDown();
    }

    /** How one client joins, on a thread of its own. */
    @FunctionalInterface
    private interface Join<T extends LoadClient> {

        Fleet.Member<T> member() throws ClientFailure, InterruptedException;
    }

    /** Starts clients at the join rate, and waits until each has joined or failed. */
    private void joinAll(int count, IntConsumer join) throws InterruptedException {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            startAtRate(threads, count, plan.joinRate(), join);
            finish(threads);
        }
    }

    /**
     * Waits until all have ended; where the run is to end, those that are joining are called off.
     */
    private void finish(ExecutorService threads) throws InterruptedException {
        threads.shutdown();
        while (!threads.awaitTermination(STOP_CHECK_MILLIS, TimeUnit.MILLISECONDS)) {
            if (stop.getCount() == 0) {
                threads.shutdownNow();
            }
        }
    }

    private void startAtRate(ExecutorService threads, int count, double perSecond, IntConsumer step)
            throws InterruptedException {
        long startNanos = System.nanoTime();
        for (int i = 0; i < count; i++) {
            long dueNanos = startNanos + (long) (i * NANOS_PER_SECOND / perSecond);
            if (!pause(dueNanos - System.nanoTime())) {
                return;
            }
            int number = i;
            threads.execute(() -> step.accept(number));
        }
    }

    private void publish(int number) {
        join(publishing, () -> fleet.publish(number, publishing))
                .ifPresent(attendance::addPublisher);
    }

    private void watch(int number) {
        join(watching, () -> fleet.watch(number, watching)).ifPresent(attendance::addViewer);
    }

    private static <T extends LoadClient> Optional<Fleet.Member<T>> join(
            JoinLedger ledger, Join<T> join) {
        ledger.onAsked(System.nanoTime());
        try {
            return Optional.of(join.member());
        } catch (ClientFailure e) {
            ledger.onFailed(e);
        } catch (InterruptedException e) {
            ledger.onCalledOff();
        } catch (RuntimeException e) {
            // A defect of this tool: it is told, or the client would fail in silence.
            ledger.onFailed(new ClientFailure(FailureReason.LOCAL, e.toString()));
        }
        return Optional.empty();
    }

    private void measure() throws InterruptedException {
        long nanos = TimeUnit.SECONDS.toNanos(plan.seconds());
        JoinLedger ledger = churning;
        if (ledger == null) {
            pause(nanos);
            endMeasurement();
            return;
        }
        int count = (int) (plan.churnRate() * plan.seconds());
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            long startNanos = System.nanoTime();
            startAtRate(threads, count, plan.churnRate(), number -> comeAndGo(number, ledger));
            pause(startNanos + nanos - System.nanoTime());
            // The last ones to come stay longer than the run measures.
            endMeasurement();
            finish(threads);
        }
    }

    private void endMeasurement() {
        measurement.end();
        attendance.noteLosses();
    }

    private void comeAndGo(int number, JoinLedger ledger) {
        join(ledger, () -> fleet.watch(plan.subscribers() + number, ledger))
                .ifPresent(viewer -> stayAndGo(viewer, ledger));
    }

    private void stayAndGo(Fleet.Member<WatchingClient> viewer, JoinLedger ledger) {
        try {
            pause(TimeUnit.SECONDS.toNanos(plan.holdSeconds()));
        } catch (InterruptedException e) {
            // The run is to end, and the viewer leaves as it would have later.
        }
        attendance.leaveEarly(viewer, ledger);
    }

    /** Waits; false when the run is to end. */
    private boolean pause(long nanos) throws InterruptedException {
        return !stop.await(Math.max(0, nanos), TimeUnit.NANOSECONDS);
    }

    @Override
    public void close() {
        fleet.close();
    }
}
