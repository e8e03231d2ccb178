package dev.sluice.media.ice;

import dev.sluice.media.stun.StunClass;
import dev.sluice.media.stun.StunMessage;
import dev.sluice.media.stun.StunWriter;
import dev.sluice.media.time.Deadline;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

import org.jspecify.annotations.Nullable;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Asks STUN servers how each UDP host candidate looks from outside (RFC 8445, section 5.1.1.2).
 * Answers are not authenticated; who can forge one is on the path and could forge more.
 */
public final class ServerReflexiveGathering {

    /** Host candidates times servers; what is beyond is not asked. */
    public static final int MAX_QUESTIONS = 64;

    private static final int QUESTION_CAPACITY_BYTES = 32;

    private final ByteBufAllocator allocator;
    private final List<Question> open = new ArrayList<>();
    private final long rtoNanos;

    private static final class Question {

        final byte[] transactionId = new byte[StunMessage.TRANSACTION_ID_SIZE_BYTES];
        final LocalCandidate host;
        final NetworkPath path;
        int sends;
        long dueNanos;

        Question(LocalCandidate host, NetworkPath path, long dueNanos) {
            this.host = host;
            this.path = path;
            this.dueNanos = dueNanos;
        }
    }

    /** Takes what the gathering sends; the buffer's ownership passes. */
    @FunctionalInterface
    public interface Sender {

        void send(ByteBuf request, NetworkPath path);
    }

    /**
     * Asks about each host candidate at each server of its address family, one question each Ta.
     *
     * @param servers resolved
     */
    public ServerReflexiveGathering(
            List<LocalCandidate> hosts,
            List<InetSocketAddress> servers,
            ByteBufAllocator allocator,
            RandomGenerator random,
            long nowNanos) {
        this.allocator = allocator;
        for (LocalCandidate host : hosts) {
            for (InetSocketAddress server : servers) {
                if (host.transport() == CandidateTransport.UDP
                        && host.type() == CandidateType.HOST
                        && isSameFamily(host.base(), server)
                        && open.size() < MAX_QUESTIONS) {
                    long dueNanos = nowNanos + open.size() * IcePacing.TA_NANOS;
                    var question =
                            new Question(host, new NetworkPath(host.socket(), server), dueNanos);
                    random.nextBytes(question.transactionId);
                    open.add(question);
                }
            }
        }
        rtoNanos = IcePacing.rtoNanos(open.size());
    }

    private static boolean isSameFamily(InetSocketAddress one, InetSocketAddress other) {
        return one.getAddress().getClass() == other.getAddress().getClass();
    }

    /**
     * The candidate that an answer shows; null where it is no answer to a question, where it says
     * that there is no NAT, or where it is an error.
     */
    public @Nullable LocalCandidate onStun(StunMessage message, NetworkPath path) {
        Question question = asked(message.transactionId(), path);
        if (question == null
                || message.method() != StunMessage.BINDING
                || message.messageClass() == StunClass.REQUEST
                || message.messageClass() == StunClass.INDICATION) {
            return null;
        }
        open.remove(question);
        InetSocketAddress mapped =
                message.messageClass() == StunClass.SUCCESS_RESPONSE
                        ? message.xorMappedAddress()
                        : null;
        return mapped == null
                        || mapped.equals(question.host.base())
                        || !isSameFamily(mapped, question.host.base())
                ? null
                : question.host.serverReflexive(mapped, question.path.remote());
    }

    private @Nullable Question asked(byte[] transactionId, NetworkPath path) {
        for (Question question : open) {
            if (question.path.equals(path)
                    && Arrays.equals(question.transactionId, transactionId)) {
                return question;
            }
        }
        return null;
    }

    /** Sends what is due; gives up what was asked often enough (RFC 8489, section 6.2.1). */
    public void onDeadline(long nowNanos, Sender out) {
        for (Question question : List.copyOf(open)) {
            if (!Deadline.isDue(question.dueNanos, nowNanos)) {
                continue;
            }
            if (question.sends == ConnectivityCheck.MAX_SENDS) {
                open.remove(question);
            } else {
                send(question, nowNanos, out);
            }
        }
    }

    private void send(Question question, long nowNanos, Sender out) {
        ByteBuf request = allocator.buffer(QUESTION_CAPACITY_BYTES);
        StunWriter.begin(request, StunClass.REQUEST, StunMessage.BINDING, question.transactionId)
                .fingerprint();
        question.sends++;
        question.dueNanos =
                nowNanos
                        + (question.sends == ConnectivityCheck.MAX_SENDS
                                ? ConnectivityCheck.LAST_WAIT_RTOS * rtoNanos
                                : rtoNanos << (question.sends - 1));
        out.send(request, question.path);
    }

    /** Whether each question is answered or given up. */
    public boolean isDone() {
        return open.isEmpty();
    }

    public long nextDeadlineNanos() {
        long next = Deadline.NEVER;
        for (Question question : open) {
            next = Math.min(next, question.dueNanos);
        }
        return next;
    }
}
