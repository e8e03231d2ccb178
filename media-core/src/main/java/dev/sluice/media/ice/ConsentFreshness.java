package dev.sluice.media.ice;

import dev.sluice.media.stun.StunClass;
import dev.sluice.media.stun.StunMessage;
import dev.sluice.media.stun.StunWriter;
import dev.sluice.media.time.Deadline;

import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.random.RandomGenerator;

/** The peer's consent to receive on the path that data takes (RFC 7675, section 5.1). */
final class ConsentFreshness {

    static final long PERIOD_NANOS = 5_000_000_000L;
    static final long EXPIRY_NANOS = 30_000_000_000L;

    private static final double LEAST_JITTER = 0.8;
    private static final double JITTER_SPAN = 0.4;

    /** All that can be answered before consent expires: one in 4 s at most. */
    private static final int MAX_PENDING = 8;

    private final RandomGenerator random;
    private final Deque<byte[]> pending = new ArrayDeque<>();
    private @Nullable NetworkPath path;
    private long sendNanos = Deadline.NEVER;
    private long expiryNanos = Deadline.NEVER;

    ConsentFreshness(RandomGenerator random) {
        this.random = random;
    }

    /**
     * Watches a path whose check has just succeeded.
     *
     * @param givenNanos when the peer answered it
     */
    void watch(NetworkPath watched, long givenNanos, long nowNanos) {
        pending.clear();
        path = watched;
        expiryNanos = givenNanos + EXPIRY_NANOS;
        sendNanos = nowNanos + nextPeriodNanos();
    }

    void stop() {
        pending.clear();
        path = null;
        expiryNanos = Deadline.NEVER;
        sendNanos = Deadline.NEVER;
    }

    private long nextPeriodNanos() {
        return (long) (PERIOD_NANOS * (LEAST_JITTER + JITTER_SPAN * random.nextDouble()));
    }

    @Nullable NetworkPath path() {
        return path;
    }

    boolean isDueToAsk(long nowNanos) {
        return Deadline.isDue(sendNanos, nowNanos);
    }

    /**
     * Writes a request, which is sent once only, under a transaction id of its own.
     *
     * @param credentials that the pair was checked under
     */
    void ask(
            CheckCredentials credentials,
            CandidatePair pair,
            AgentRole role,
            ByteBuf out,
            long nowNanos) {
        byte[] transactionId = new byte[StunMessage.TRANSACTION_ID_SIZE_BYTES];
        random.nextBytes(transactionId);
        StunWriter writer =
                StunWriter.begin(out, StunClass.REQUEST, StunMessage.BINDING, transactionId)
                        .username(credentials.requestUsername())
                        .priority(pair.local().checkPriority());
        role.current()
                .write(writer, role.tieBreaker())
                .messageIntegrity(credentials.remoteIntegrity())
                .fingerprint();
        onAsked(transactionId, nowNanos);
    }

    private void onAsked(byte[] transactionId, long nowNanos) {
        if (pending.size() == MAX_PENDING) {
            pending.removeFirst();
        }
        pending.add(transactionId);
        sendNanos = nowNanos + nextPeriodNanos();
    }

    boolean hasAsked(byte[] transactionId) {
        return pending.stream().anyMatch(id -> Arrays.equals(id, transactionId));
    }

    /** An authentic answer to one of the requests, from the path. */
    void onGiven(byte[] transactionId, long nowNanos) {
        pending.removeIf(id -> Arrays.equals(id, transactionId));
        expiryNanos = nowNanos + EXPIRY_NANOS;
    }

    boolean isExpired(long nowNanos) {
        return Deadline.isDue(expiryNanos, nowNanos);
    }

    long nextDeadlineNanos() {
        return Math.min(sendNanos, expiryNanos);
    }
}
