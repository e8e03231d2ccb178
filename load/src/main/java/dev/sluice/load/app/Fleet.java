package dev.sluice.load.app;

import dev.sluice.load.client.ClientFailure;
import dev.sluice.load.client.ClientWorld;
import dev.sluice.load.client.FailureReason;
import dev.sluice.load.client.LoadClient;
import dev.sluice.load.client.PublishingClient;
import dev.sluice.load.client.ViewerSettings;
import dev.sluice.load.client.WatchingClient;
import dev.sluice.load.net.ClientHandle;
import dev.sluice.load.net.ClientLoop;
import dev.sluice.load.net.LoopFigures;
import dev.sluice.load.signal.Endpoint;
import dev.sluice.load.signal.WhipClient;

import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Makes clients on the loops, and has them join and leave; for virtual threads. */
final class Fleet implements AutoCloseable {

    /** Keeps the randomness of viewers apart from that of publishers. */
    private static final long VIEWER_SEED = 0x5eed_0000_0000L;

    /**
     * A client that has joined.
     *
     * @param session what the server has made for it
     * @param stream the number of the one that it publishes or watches
     * @param askedNanos when its offer was sent
     */
    record Member<T extends LoadClient>(
            ClientHandle<T> handle, WhipClient.Session session, int stream, long askedNanos) {}

    private final LoadPlan plan;
    private final ClientWorld world;
    private final LocalRoute whipRoute;
    private final LocalRoute whepRoute;
    private final WhipClient whip;
    private final List<ClientLoop> publishing;
    private final List<ClientLoop> watching;

    /**
     * @throws IOException when the server's name cannot be resolved
     */
    Fleet(LoadPlan plan, ClientWorld world) throws IOException {
        this.plan = plan;
        this.world = world;
        this.whipRoute = LocalRoute.towards(plan.whip().host());
        this.whepRoute = LocalRoute.towards(plan.whep().host());
        this.whip = new WhipClient(plan.token());
        this.publishing = loops("load-publish-", plan.publishers() > 0);
        this.watching = loops("load-watch-", plan.hasViewers());
    }

    private List<ClientLoop> loops(String name, boolean needed) {
        return IntStream.range(0, needed ? plan.threads() : 0)
                .mapToObj(i -> new ClientLoop(name + i))
                .toList();
    }

    private Stream<ClientLoop> loops() {
        return Stream.concat(publishing.stream(), watching.stream());
    }

    /** Publishes the stream with this number; returns when media may flow. */
    Member<PublishingClient> publish(int number, JoinLedger ledger)
            throws ClientFailure, InterruptedException {
        ClientLoop loop = publishing.get(number % publishing.size());
        SplittableRandom random = new SplittableRandom(plan.seed() + number);
        ClientHandle<PublishingClient> handle =
                open(
                        loop,
                        whipRoute,
                        (wire, local) ->
                                PublishingClient.of(world, wire, local, plan.publisher(), random));
        return join(handle, plan.whip(), number, ledger);
    }

    /** Watches; returns when media has come. Numbers after those of the plan come and go. */
    Member<WatchingClient> watch(int number, JoinLedger ledger)
            throws ClientFailure, InterruptedException {
        ClientLoop loop = watching.get(number % watching.size());
        SplittableRandom random = new SplittableRandom(plan.seed() + VIEWER_SEED + number);
        ViewerSettings settings = plan.viewer(number >= plan.subscribers());
        ClientHandle<WatchingClient> handle =
                open(
                        loop,
                        whepRoute,
                        (wire, local) ->
                                new WatchingClient(
                                        world, wire, local, settings, random, loop::onDelay));
        return join(handle, plan.whep(), number % plan.streams(), ledger);
    }

    private <T extends LoadClient> ClientHandle<T> open(
            ClientLoop loop, LocalRoute route, ClientLoop.ClientMaker<T> maker)
            throws ClientFailure {
        try {
            return loop.open(route.any(), route.address(), maker);
        } catch (IOException e) {
            throw new ClientFailure(FailureReason.LOCAL, String.valueOf(e.getMessage()));
        }
    }

    private <T extends LoadClient> Member<T> join(
            ClientHandle<T> handle, Endpoint endpoint, int stream, JoinLedger ledger)
            throws ClientFailure, InterruptedException {
        WhipClient.Session session;
        Duration patience = Duration.ofSeconds(plan.joinTimeoutSeconds());
        long askedNanos = System.nanoTime();
        try {
            URI address = endpoint.ofStream(stream, plan.streams());
            session = whip.offer(address, handle.client().offer(), patience);
        } catch (ClientFailure | InterruptedException | RuntimeException e) {
            handle.leave();
            throw e;
        }
        Member<T> member = new Member<>(handle, session, stream, askedNanos);
        try {
            handle.answer(session.answer());
            ledger.onJoined(askedNanos, awaitJoined(handle, askedNanos + patience.toNanos()));
            return member;
        } catch (ClientFailure | InterruptedException | RuntimeException e) {
            ClientFailure why = leave(member);
            if (why != null) {
                ledger.onNotEnded(why);
            }
            throw e;
        }
    }

    private long awaitJoined(ClientHandle<? extends LoadClient> handle, long endNanos)
            throws ClientFailure, InterruptedException {
        try {
            long leftNanos = Math.max(0, endNanos - System.nanoTime());
            return handle.client().joined().get(leftNanos, TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            FailureReason stuck = handle.ask(client -> client.state().reasonWhenStuck());
            throw new ClientFailure(
                    stuck, "not joined within %d s".formatted(plan.joinTimeoutSeconds()));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ClientFailure failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    /**
     * Ends a session at both sides; why the server did not, or null. The DELETE has a thread of its
     * own, as a run that is stopped interrupts those that join.
     */
    @Nullable ClientFailure leave(Member<? extends LoadClient> member) {
        try {
            return CompletableFuture.supplyAsync(
                            () -> Optional.ofNullable(failureToEnd(member.session())),
                            Thread::startVirtualThread)
                    .join()
                    .orElse(null);
        } finally {
            member.handle().leave();
        }
    }

    private @Nullable ClientFailure failureToEnd(WhipClient.Session session) {
        try {
            whip.delete(session);
            return null;
        } catch (ClientFailure e) {
            return e;
        } catch (InterruptedException e) {
            return new ClientFailure(FailureReason.LOCAL, "interrupted");
        }
    }

    /** What all clients have sent and received. */
    LoopFigures figures() {
        return loops().map(ClientLoop::figures).reduce(LoopFigures.ZERO, LoopFigures::plus);
    }

    void measure(boolean now) {
        loops().forEach(loop -> loop.measure(now));
    }

    void addDelaysTo(Histogram all) {
        loops().forEach(loop -> loop.addDelaysTo(all));
    }

    @Override
    public void close() {
        whip.close();
        loops().forEach(ClientLoop::close);
    }
}
