package dev.sluice.load.net;

import dev.sluice.load.client.ClientWire;
import dev.sluice.load.client.LoadClient;
import dev.sluice.load.client.PublishingClient;
import dev.sluice.load.client.WatchingClient;
import dev.sluice.load.count.ReceivedTotals;
import dev.sluice.load.count.SentTotals;
import dev.sluice.sockets.Transport;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;

import org.HdrHistogram.Histogram;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** One thread that serves the sockets of many clients, each with a port of its own. */
public final class ClientLoop implements AutoCloseable {

    /** DTLS says goodbye from a thread of its own. */
    private static final long GOODBYE_NANOS = 50_000_000;

    private static final long MAX_DELAY_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final int DELAY_DIGITS = 3;

    /** Makes a client for a socket. */
    @FunctionalInterface
    public interface ClientMaker<T extends LoadClient> {

        T make(ClientWire wire, InetSocketAddress localAddress);
    }

    private final LongSupplier clock;
    private final EventLoopGroup group;
    private final EventLoop eventLoop;
    private final Transport transport = Transport.best();
    private final ClientTimers timers;
    private final DatagramReader reader = new DatagramReader();
    private final Histogram delays = new Histogram(MAX_DELAY_NANOS, DELAY_DIGITS);
    private LoopFigures left = LoopFigures.ZERO;
    private boolean measures;
    private long sendQueueFull;

    public ClientLoop(String name) {
        this(name, System::nanoTime);
    }

    /**
     * @param clock monotonic, in nanoseconds; datagrams from a socket come at those of {@link
     *     System#nanoTime} by any clock
     */
    public ClientLoop(String name, LongSupplier clock) {
        this.clock = clock;
        this.group =
                new MultiThreadIoEventLoopGroup(
                        1, new DefaultThreadFactory(name, true), transport.ioHandler());
        this.eventLoop = group.next();
        this.timers = new ClientTimers(eventLoop, clock);
    }

    /**
     * Opens a socket and makes its client.
     *
     * @param bindAddress the address to bind, of any port
     * @param localAddress what the client tells the server as its address
     * @throws IOException when there is no socket to be had
     * @throws IllegalStateException when there is no client to be had; its socket is closed then
     */
    public <T extends LoadClient> ClientHandle<T> open(
            InetAddress bindAddress, InetAddress localAddress, ClientMaker<T> maker)
            throws IOException {
        ClientSocket socket = new ClientSocket(this);
        Channel channel = ClientSockets.open(group, transport, bindAddress, socket);
        int port = ((InetSocketAddress) channel.localAddress()).getPort();
        return call(
                _ -> {
                    try {
                        socket.open(channel);
                        T client = maker.make(socket, new InetSocketAddress(localAddress, port));
                        return serve(client, socket);
                    } catch (RuntimeException | Error e) {
                        socket.close();
                        throw e;
                    }
                });
    }

    private <T extends LoadClient> ClientHandle<T> serve(T client, ClientSocket socket) {
        socket.serve(client);
        ClientHandle<T> handle = new ClientHandle<>(this, socket, client);
        timers.add(handle);
        return handle;
    }

    /** The delay of a packet, in nanoseconds; counted while the run measures. On the loop alone. */
    public void onDelay(long delayNanos) {
        if (measures) {
            delays.recordValue(Math.clamp(delayNanos, 0, MAX_DELAY_NANOS));
        }
    }

    /** Begins, or ends, to measure delays and lateness. */
    public void measure(boolean now) {
        call(
                _ -> {
                    if (now) {
                        delays.reset();
                        timers.restart();
                    }
                    measures = now;
                    return now;
                });
    }

    /** Adds the delays measured so far to others. */
    public void addDelaysTo(Histogram all) {
        call(
                _ -> {
                    all.add(delays);
                    return all;
                });
    }

    /** What the clients have sent and received. */
    public LoopFigures figures() {
        return call(_ -> sum());
    }

    private LoopFigures sum() {
        LoopFigures sum = left;
        for (ClientHandle<? extends LoadClient> handle : timers.clients()) {
            sum = sum.plus(figures(handle));
        }
        return sum.plus(
                new LoopFigures(
                        SentTotals.ZERO,
                        ReceivedTotals.ZERO,
                        0,
                        0,
                        sendQueueFull,
                        timers.worstLatenessNanos()));
    }

    private static LoopFigures figures(ClientHandle<? extends LoadClient> handle) {
        long drops = handle.socket().drops();
        return switch (handle.client()) {
            case PublishingClient publisher ->
                    new LoopFigures(publisher.totals(), ReceivedTotals.ZERO, drops, 0, 0, 0);
            case WatchingClient viewer -> received(viewer.totals(), drops, viewer.comesAndGoes());
        };
    }

    private static LoopFigures received(ReceivedTotals totals, long drops, boolean inPassing) {
        long passingBytes = inPassing ? totals.bytes() : 0;
        return new LoopFigures(SentTotals.ZERO, totals, drops, passingBytes, 0, 0);
    }

    void leave(ClientHandle<? extends LoadClient> handle) {
        execute(
                nowNanos -> {
                    if (timers.remove(handle)) {
                        left = left.plus(figures(handle));
                        handle.client().close(nowNanos);
                        handle.socket().flush();
                        timers.after(GOODBYE_NANOS, handle.socket()::close);
                    }
                });
    }

    DatagramReader reader() {
        return reader;
    }

    void onSendQueueFull() {
        sendQueueFull++;
    }

    void execute(ClientWire.Task task) {
        eventLoop.execute(() -> task.run(clock.getAsLong()));
    }

    /** Something that is asked on the loop. */
    @FunctionalInterface
    interface Question<R> {

        R answer(long nowNanos);
    }

    /** Not interruptible: a loop answers at once, and who is interrupted has to clean up still. */
    <R> R call(Question<R> question) {
        Future<R> answer =
                eventLoop.submit(() -> question.answer(clock.getAsLong())).awaitUninterruptibly();
        if (!answer.isSuccess()) {
            throw new IllegalStateException("A loop failed to answer", answer.cause());
        }
        return answer.getNow();
    }

    @Override
    public void close() {
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
        reader.close();
    }
}
