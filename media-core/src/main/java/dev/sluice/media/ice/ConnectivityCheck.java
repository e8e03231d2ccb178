package dev.sluice.media.ice;

import dev.sluice.media.stun.StunClass;
import dev.sluice.media.stun.StunMessage;
import dev.sluice.media.stun.StunWriter;
import dev.sluice.media.time.Deadline;

import io.netty.buffer.ByteBuf;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/** One transaction of a check: what was asked on which pair, and when it is asked again. */
final class ConnectivityCheck {

    /** How often a request is sent: RFC 8489, section 6.2.1. */
    static final int MAX_SENDS = 7;

    /** How many RTOs after the last one no answer is waited for any more. */
    static final int LAST_WAIT_RTOS = 16;

    /** The whole time for a request over TCP, which is sent once (RFC 8489, section 6.2.2). */
    static final long RELIABLE_TIMEOUT_NANOS = 39_500_000_000L;

    private final byte[] transactionId = new byte[StunMessage.TRANSACTION_ID_SIZE_BYTES];
    private final CandidatePair pair;
    private final IceRole role;
    private final long tieBreaker;
    private final boolean nominates;
    private final long rtoNanos;
    private int sends;
    private boolean cancelled;
    private long dueNanos;

    ConnectivityCheck(
            CandidatePair pair,
            AgentRole role,
            boolean nominates,
            long rtoNanos,
            RandomGenerator random,
            long nowNanos) {
        this.pair = pair;
        this.role = role.current();
        this.tieBreaker = role.tieBreaker();
        this.nominates = nominates;
        this.rtoNanos = rtoNanos;
        this.dueNanos = nowNanos + RELIABLE_TIMEOUT_NANOS;
        random.nextBytes(transactionId);
    }

    CandidatePair pair() {
        return pair;
    }

    IceRole role() {
        return role;
    }

    boolean nominates() {
        return nominates;
    }

    boolean isCancelled() {
        return cancelled;
    }

    /** It is not sent again, and no answer is no failure; an answer still counts. */
    void cancel() {
        if (!cancelled && sends > 0 && !pair.local().transport().isTcp()) {
            dueNanos += remainingNanos() - nextWaitNanos();
        }
        cancelled = true;
    }

    /** When the request is sent again, or the wait is over. */
    long dueNanos() {
        return dueNanos;
    }

    boolean isDue(long nowNanos) {
        return Deadline.isDue(dueNanos, nowNanos);
    }

    /** Whether what is due is the end. */
    boolean isOver() {
        return cancelled || pair.local().transport().isTcp() || sends == MAX_SENDS;
    }

    boolean hasId(byte[] id) {
        return Arrays.equals(transactionId, id);
    }

    /** The same bytes each time. */
    void write(ByteBuf out, CheckCredentials credentials) {
        StunWriter writer =
                StunWriter.begin(out, StunClass.REQUEST, StunMessage.BINDING, transactionId)
                        .username(credentials.requestUsername())
                        .priority(pair.local().checkPriority());
        role.write(writer, tieBreaker);
        if (nominates) {
            writer.useCandidate();
        }
        writer.messageIntegrity(credentials.remoteIntegrity()).fingerprint();
    }

    void onSent(long nowNanos) {
        sends++;
        dueNanos =
                nowNanos
                        + (pair.local().transport().isTcp()
                                ? RELIABLE_TIMEOUT_NANOS
                                : nextWaitNanos());
    }

    private long nextWaitNanos() {
        return sends == MAX_SENDS ? LAST_WAIT_RTOS * rtoNanos : rtoNanos << (sends - 1);
    }

    /** From the last request to the end of the transaction, had it gone on. */
    private long remainingNanos() {
        long sum = 0;
        for (int send = sends; send < MAX_SENDS; send++) {
            sum += rtoNanos << (send - 1);
        }
        return sum + LAST_WAIT_RTOS * rtoNanos;
    }
}
