package dev.sluice.load.app;

import dev.sluice.load.client.ClientFailure;
import dev.sluice.load.client.ClientWorld;
import dev.sluice.load.client.FailureReason;
import dev.sluice.load.client.LoadClient;
import dev.sluice.load.client.PublishingClient;
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
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** One run: publishers join, viewers join, all is measured, all leave. */
public final class LoadRun implements AutoCloseable {

    private static final List<SrtpProfile> PROFILES =
            List.of(SrtpProfile.AEAD_AES_128_GCM, SrtpProfile.AES_CM_128_HMAC_SHA1_80);

    private static final Duration CERTIFICATE_LIFETIME = Duration.ofDays(2);
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final LoadPlan plan;
    private final Fleet fleet;
    private final JoinLedger publishing = new JoinLedger();
    private final JoinLedger watching = new JoinLedger();
    private final @Nullable JoinLedger churning;
    private final Collection<Fleet.Member<PublishingClient>> publishers =
            new ConcurrentLinkedQueue<>();
    private final Collection<Fleet.Member<WatchingClient>> viewers = new ConcurrentLinkedQueue<>();
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
        leaveAll();
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
        }
        measurement.end();
        noteLosses(publishers, publishing);
        noteLosses(viewers, watching);
    }

    /** Not where clients were asked for and none is there. */
    private static boolean isWorthGoingOn(int asked, JoinLedger ledger) {
        return asked == 0 || ledger.joined() > 0;
    }

    /** Ends the run as soon as it can: its report tells what was measured until now. */
    public void stop() {
        stop.countDown();
    }

    /** What one client does on a thread of its own. */
    @FunctionalInterface
    private interface Step {

        void run(int number) throws InterruptedException;
    }

    /** Starts clients at the join rate, and waits until each has joined or failed. */
    private void joinAll(int count, Step join) throws InterruptedException {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            startAtRate(threads, count, plan.joinRate(), join);
        }
    }

    private void startAtRate(ExecutorService threads, int count, double perSecond, Step step)
            throws InterruptedException {
        long startNanos = System.nanoTime();
        for (int i = 0; i < count; i++) {
            long dueNanos = startNanos + (long) (i * NANOS_PER_SECOND / perSecond);
            if (!pause(dueNanos - System.nanoTime())) {
                return;
            }
            int number = i;
            var _ =
                    threads.submit(
                            () -> {
                                step.run(number);
                                return number;
                            });
        }
    }

    private void publish(int number) throws InterruptedException {
        publishing.onAsked(System.nanoTime());
        try {
            publishers.add(fleet.publish(number, publishing));
        } catch (ClientFailure e) {
            publishing.onFailed(e);
        } catch (RuntimeException e) {
            publishing.onFailed(defect(e));
        }
    }

    private void watch(int number) throws InterruptedException {
        watching.onAsked(System.nanoTime());
        try {
            viewers.add(fleet.watch(number, watching));
        } catch (ClientFailure e) {
            watching.onFailed(e);
        } catch (RuntimeException e) {
            watching.onFailed(defect(e));
        }
    }

    private void measure() throws InterruptedException {
        long nanos = TimeUnit.SECONDS.toNanos(plan.seconds());
        JoinLedger ledger = churning;
        if (ledger == null) {
            pause(nanos);
            return;
        }
        int count = (int) (plan.churnRate() * plan.seconds());
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            long startNanos = System.nanoTime();
            startAtRate(threads, count, plan.churnRate(), number -> comeAndGo(number, ledger));
            pause(startNanos + nanos - System.nanoTime());
        }
    }

    private void comeAndGo(int number, JoinLedger ledger) throws InterruptedException {
        ledger.onAsked(System.nanoTime());
        try {
            var member = fleet.watch(plan.subscribers() + number, ledger);
            pause(TimeUnit.SECONDS.toNanos(plan.holdSeconds()));
            noteLosses(List.of(member), ledger);
            noteKeyFrame(member, ledger);
            leave(member, ledger);
        } catch (ClientFailure e) {
            ledger.onFailed(e);
        } catch (RuntimeException e) {
            ledger.onFailed(defect(e));
        }
    }

    /** Of this tool rather than of the server: it is told, or a client would fail in silence. */
    private static ClientFailure defect(RuntimeException e) {
        return new ClientFailure(FailureReason.LOCAL, e.toString());
    }

    /** Counts those that had joined and are not there any more. */
    private static void noteLosses(
            Collection<? extends Fleet.Member<? extends LoadClient>> members, JoinLedger ledger) {
        for (Fleet.Member<? extends LoadClient> member : members) {
            ClientFailure failure = failureOf(member);
            if (failure != null) {
                ledger.onLost(failure);
            }
        }
    }

    private static <T extends LoadClient> @Nullable ClientFailure failureOf(
            Fleet.Member<T> member) {
        return member.handle().<@Nullable ClientFailure>ask(LoadClient::failure);
    }

    private static void noteKeyFrame(Fleet.Member<WatchingClient> member, JoinLedger ledger) {
        long nanos = member.handle().ask(WatchingClient::keyFrameNanos);
        if (nanos != WatchingClient.NOT_YET) {
            ledger.onKeyFrame(nanos - member.askedNanos());
        }
    }

    /** Viewers first, so that none sees its publisher leave. */
    private void leaveAll() throws InterruptedException {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Fleet.Member<WatchingClient> viewer : viewers) {
                noteKeyFrame(viewer, watching);
                var _ = threads.submit(() -> leave(viewer, watching));
            }
        }
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Fleet.Member<PublishingClient> publisher : publishers) {
                var _ = threads.submit(() -> leave(publisher, publishing));
            }
        }
    }

    private boolean leave(Fleet.Member<? extends LoadClient> member, JoinLedger ledger)
            throws InterruptedException {
        boolean agreed = fleet.leave(member);
        if (agreed) {
            ledger.onLeft();
        }
        return agreed;
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
