package dev.sluice.media.ice;

import dev.sluice.media.time.Deadline;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

import org.jspecify.annotations.Nullable;

import java.util.Objects;
import java.util.random.RandomGenerator;

/**
 * Sends the checks of one check list: begins one each Ta, and repeats those that are not answered
 * (RFC 8445, sections 6.1.4.2 and 14).
 */
final class CheckSender {

    private static final int CHECK_CAPACITY_BYTES = 256;

    private final CheckCredentials credentials;
    private final AgentRole role;
    private final CheckList list;
    private final ChecksInFlight inFlight;
    private final ByteBufAllocator allocator;
    private final RandomGenerator random;
    private boolean started;
    private long nextCheckNanos;

    CheckSender(
            CheckCredentials credentials,
            AgentRole role,
            CheckList list,
            ChecksInFlight inFlight,
            ByteBufAllocator allocator,
            RandomGenerator random) {
        this.credentials = credentials;
        this.role = role;
        this.list = list;
        this.inFlight = inFlight;
        this.allocator = allocator;
        this.random = random;
    }

    /** Checks may begin: the peer's credentials are here. */
    void start(long nowNanos) {
        started = true;
        nextCheckNanos = nowNanos;
    }

    boolean isStarted() {
        return started;
    }

    /** Begins no more, and repeats none. */
    void stop() {
        started = false;
        inFlight.clear();
    }

    /**
     * Sends again what is due, up to a check that was sent often enough: returns its pair, which
     * has failed. Null where all that was due has been sent.
     */
    @Nullable CandidatePair repeat(long nowNanos, IceSink out) {
        for (ConnectivityCheck due = inFlight.due(nowNanos);
                due != null;
                due = inFlight.due(nowNanos)) {
            if (!due.isOver()) {
                transmit(due, nowNanos, out);
            } else {
                inFlight.remove(due);
                if (!due.isCancelled()) {
                    return due.pair();
                }
            }
        }
        return null;
    }

    /** Begins the next check where Ta has passed since the last one. */
    void beginNext(long nowNanos, IceAgentSink out) {
        if (!mayBegin() || nextCheckNanos - nowNanos > 0) {
            return;
        }
        CandidatePair pair = list.next(role.current());
        if (pair != null) {
            nextCheckNanos = nowNanos + IcePacing.TA_NANOS;
            begin(pair, nowNanos, out);
        }
    }

    private boolean mayBegin() {
        return started && list.hasNext();
    }

    private void begin(CandidatePair pair, long nowNanos, IceAgentSink out) {
        pair.state(CandidatePair.State.IN_PROGRESS);
        boolean nominates = pair.isNominating() && role.isControlling();
        long rtoNanos = IcePacing.rtoNanos(list.unresolved());
        var check = new ConnectivityCheck(pair, role, nominates, rtoNanos, random, nowNanos);
        inFlight.add(check);
        if (pair.path() == null) {
            out.connect(pair.local(), pair.remote().address());
        } else {
            transmit(check, nowNanos, out);
        }
    }

    /** The connection that a check waits for is open. */
    void onTcpConnected(NetworkPath path, long nowNanos, IceSink out) {
        CandidatePair pair = list.connecting(path.remote());
        ConnectivityCheck check = pair == null ? null : inFlight.of(pair);
        if (pair != null && check != null) {
            pair.onConnected(path);
            transmit(check, nowNanos, out);
        }
    }

    private void transmit(ConnectivityCheck check, long nowNanos, IceSink out) {
        ByteBuf request = allocator.buffer(CHECK_CAPACITY_BYTES);
        check.write(request, credentials);
        check.onSent(nowNanos);
        out.sendStun(request, Objects.requireNonNull(check.pair().path()));
    }

    long nextDeadlineNanos() {
        long next = mayBegin() ? nextCheckNanos : Deadline.NEVER;
        return Math.min(next, inFlight.nextDeadlineNanos());
    }
}
