package dev.sluice.media.ice;

import dev.sluice.media.stun.StunClass;
import dev.sluice.media.stun.StunError;
import dev.sluice.media.stun.StunMessage;
import dev.sluice.media.stun.StunWriter;
import dev.sluice.media.time.Deadline;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Objects;
import java.util.random.RandomGenerator;

/** The peer's consent to receive on the path that data takes (RFC 7675, section 5.1). */
final class ConsentFreshness {

    static final long PERIOD_NANOS = 5_000_000_000L;
    static final long EXPIRY_NANOS = 30_000_000_000L;

    private static final double LEAST_JITTER = 0.8;
    private static final double JITTER_SPAN = 0.4;

    /** All that can be answered before consent expires: one in 4 s at most. */
    private static final int MAX_PENDING = 8;

    private static final int REQUEST_CAPACITY_BYTES = 256;

    private final AgentRole role;
    private final ByteBufAllocator allocator;
    private final RandomGenerator random;
    private final Deque<byte[]> pending = new ArrayDeque<>();
    private @Nullable Watched watched;
    private boolean revoked;
    private long sendNanos = Deadline.NEVER;
    private long expiryNanos = Deadline.NEVER;

    /** What consent is asked on, and what is needed to ask. */
    private record Watched(NetworkPath path, long checkPriority, CheckCredentials credentials) {}

    ConsentFreshness(AgentRole role, ByteBufAllocator allocator, RandomGenerator random) {
        this.role = role;
        this.allocator = allocator;
        this.random = random;
    }

    /**
     * Watches a valid pair, whose last successful check has given consent.
     *
     * @param credentials that the pair was checked under
     */
    void watch(CandidatePair pair, CheckCredentials credentials, long nowNanos) {
        stop();
        NetworkPath path = Objects.requireNonNull(pair.path());
        watched = new Watched(path, pair.local().checkPriority(), credentials);
        expiryNanos = pair.validatedNanos() + EXPIRY_NANOS;
        sendNanos = nowNanos + nextPeriodNanos();
    }

    void stop() {
        pending.clear();
        watched = null;
        revoked = false;
        expiryNanos = Deadline.NEVER;
        sendNanos = Deadline.NEVER;
    }

    private long nextPeriodNanos() {
        return (long) (PERIOD_NANOS * (LEAST_JITTER + JITTER_SPAN * random.nextDouble()));
    }

    /** Sends a request where it is time; each is sent once, under a transaction id of its own. */
    void askIfDue(long nowNanos, IceSink out) {
        if (watched == null || !Deadline.isDue(sendNanos, nowNanos)) {
            return;
        }
        byte[] transactionId = new byte[StunMessage.TRANSACTION_ID_SIZE_BYTES];
        random.nextBytes(transactionId);
        ByteBuf request = allocator.buffer(REQUEST_CAPACITY_BYTES);
        write(request, transactionId, watched);
        onAsked(transactionId, nowNanos);
        out.sendStun(request, watched.path());
    }

    private void write(ByteBuf request, byte[] transactionId, Watched on) {
        StunWriter writer =
                StunWriter.begin(request, StunClass.REQUEST, StunMessage.BINDING, transactionId)
                        .username(on.credentials().requestUsername())
                        .priority(on.checkPriority());
        role.current()
                .write(writer, role.tieBreaker())
                .messageIntegrity(on.credentials().remoteIntegrity())
                .fingerprint();
    }

    private void onAsked(byte[] transactionId, long nowNanos) {
        if (pending.size() == MAX_PENDING) {
            pending.removeFirst();
        }
        pending.add(transactionId);
        sendNanos = nowNanos + nextPeriodNanos();
    }

    /** Takes a response; one of an unknown transaction answers nothing that was asked here. */
    IceStatus onResponse(StunMessage response, NetworkPath path, long nowNanos) {
        byte[] transactionId = response.transactionId();
        if (watched == null || !hasAsked(transactionId)) {
            return IceStatus.UNKNOWN_TRANSACTION;
        }
        if (!response.verifyIntegrity(watched.credentials().remoteIntegrity())) {
            return IceStatus.BAD_INTEGRITY;
        }
        if (!path.equals(watched.path())) {
            return IceStatus.NOT_SYMMETRIC;
        }
        if (response.messageClass() == StunClass.SUCCESS_RESPONSE) {
            pending.removeIf(id -> Arrays.equals(id, transactionId));
            expiryNanos = nowNanos + EXPIRY_NANOS;
        } else if (response.errorCode() == StunError.FORBIDDEN.code()) {
            revoked = true;
        }
        return IceStatus.RESPONSE;
    }

    private boolean hasAsked(byte[] transactionId) {
        return pending.stream().anyMatch(id -> Arrays.equals(id, transactionId));
    }

    /** Whether the peer has taken its consent back, with 403. */
    boolean isRevoked() {
        return revoked;
    }

    boolean isExpired(long nowNanos) {
        return Deadline.isDue(expiryNanos, nowNanos);
    }

    long nextDeadlineNanos() {
        return Math.min(sendNanos, expiryNanos);
    }
}
