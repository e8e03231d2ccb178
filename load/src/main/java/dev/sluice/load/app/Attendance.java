package dev.sluice.load.app;

import dev.sluice.load.client.ClientFailure;
import dev.sluice.load.client.ClientState;
import dev.sluice.load.client.FailureReason;
import dev.sluice.load.client.LoadClient;
import dev.sluice.load.client.PublishingClient;
import dev.sluice.load.client.WatchingClient;

import org.jspecify.annotations.Nullable;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** The clients that have joined: tells which were lost, and has them leave; for any thread. */
final class Attendance {

    /**
     * A viewer without media for so long is lost: ICE would notice a dead server only after 30 s
     * (RFC 7675), and the slowest publisher sends a frame each second.
     */
    private static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final Fleet fleet;
    private final JoinLedger publishing;
    private final JoinLedger watching;
    private final LongSupplier clock;
    private final Map<Integer, Fleet.Member<PublishingClient>> publishers =
            new ConcurrentHashMap<>();
    private final Collection<Fleet.Member<WatchingClient>> viewers = new ConcurrentLinkedQueue<>();
    private final Set<Fleet.Member<?>> lost = ConcurrentHashMap.newKeySet();

    /**
     * @param clock that of the clients, in nanoseconds
     */
    Attendance(Fleet fleet, JoinLedger publishing, JoinLedger watching, LongSupplier clock) {
        this.fleet = fleet;
        this.publishing = publishing;
        this.watching = watching;
        this.clock = clock;
    }

    void addPublisher(Fleet.Member<PublishingClient> publisher) {
        publishers.put(publisher.stream(), publisher);
    }

    void addViewer(Fleet.Member<WatchingClient> viewer) {
        viewers.add(viewer);
    }

    /** Counts those that had joined and are not there any more, or get nothing any more. */
    void noteLosses() {
        publishers.values().forEach(each -> noteLoss(each, failureOf(each), publishing));
        viewers.forEach(each -> noteLoss(each, lossOf(each), watching));
    }

    private void noteLoss(
            Fleet.Member<?> member, @Nullable ClientFailure failure, JoinLedger ledger) {
        if (failure != null && lost.add(member)) {
            ledger.onLost(failure);
        }
    }

    private static <T extends LoadClient> @Nullable ClientFailure failureOf(
            Fleet.Member<T> member) {
        return member.handle().<@Nullable ClientFailure>ask(LoadClient::failure);
    }

    private @Nullable ClientFailure lossOf(Fleet.Member<WatchingClient> viewer) {
        ClientFailure failure = failureOf(viewer);
        if (failure != null || !isPublished(viewer.stream()) || !isSilent(viewer)) {
            return failure;
        }
        return new ClientFailure(
                FailureReason.NO_MEDIA, "nothing came in the last 2 s, though its publisher sends");
    }

    /** Whether a publisher of this run sends the stream: of others it is not known. */
    private boolean isPublished(int stream) {
        Fleet.Member<PublishingClient> publisher = publishers.get(stream);
        return publisher != null
                && publisher.handle().ask(LoadClient::state) == ClientState.CONNECTED;
    }

    private boolean isSilent(Fleet.Member<WatchingClient> viewer) {
        long lastNanos = viewer.handle().ask(WatchingClient::lastMediaNanos);
        return clock.getAsLong() - lastNanos >= SILENCE_NANOS;
    }

    /** Viewers first, so that none sees its publisher leave. */
    void leaveAll() {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Fleet.Member<WatchingClient> viewer : viewers) {
                noteKeyFrame(viewer, watching);
                threads.execute(() -> leave(viewer, watching));
            }
        }
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Fleet.Member<PublishingClient> publisher : publishers.values()) {
                threads.execute(() -> leave(publisher, publishing));
            }
        }
    }

    /** The end of a viewer that came and goes. */
    void leaveEarly(Fleet.Member<WatchingClient> viewer, JoinLedger ledger) {
        noteLoss(viewer, lossOf(viewer), ledger);
        noteKeyFrame(viewer, ledger);
        leave(viewer, ledger);
        lost.remove(viewer);
    }

    private static void noteKeyFrame(Fleet.Member<WatchingClient> member, JoinLedger ledger) {
        long nanos = member.handle().ask(WatchingClient::keyFrameNanos);
        if (nanos != WatchingClient.NOT_YET) {
            ledger.onKeyFrame(nanos - member.askedNanos());
        }
    }

    /** A server that does not even answer the DELETE has not served to the end. */
    private void leave(Fleet.Member<? extends LoadClient> member, JoinLedger ledger) {
        ClientFailure why = fleet.leave(member);
        if (why == null) {
            ledger.onLeft();
            return;
        }
        ledger.onNotEnded(why);
        if (why.reason() == FailureReason.HTTP_ERROR) {
            noteLoss(member, why, ledger);
        }
    }
}
