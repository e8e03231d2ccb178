package dev.sluice.media.ice;

import dev.sluice.media.stun.StunClass;
import dev.sluice.media.stun.StunError;
import dev.sluice.media.stun.StunIntegrity;
import dev.sluice.media.stun.StunMessage;
import dev.sluice.media.stun.StunWriter;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

import java.util.List;

/** Answers to authentic checks; never much larger than what they answer. */
final class BindingAnswers {

    /** An answer is at most 3/2 of its request, so that a forged source address gains nothing. */
    private static final int RATIO_NUMERATOR = 3;

    private static final int RATIO_DENOMINATOR = 2;

    /** Room for any answer to a request of common size. */
    private static final int CAPACITY_BYTES = 128;

    private final ByteBufAllocator allocator;

    BindingAnswers(ByteBufAllocator allocator) {
        this.allocator = allocator;
    }

    /** Tells the peer where its check came from; false where the request is too small for that. */
    boolean accept(StunMessage request, StunIntegrity integrity, NetworkPath path, IceSink out) {
        ByteBuf answer = allocator.buffer(CAPACITY_BYTES);
        begin(answer, StunClass.SUCCESS_RESPONSE, request)
                .xorMappedAddress(path.remote())
                .messageIntegrity(integrity)
                .fingerprint();
        return sendIfSmall(answer, request, path, out);
    }

    /**
     * Refuses a check.
     *
     * @param unknown attribute types, for {@link StunError#UNKNOWN_ATTRIBUTE}
     */
    boolean refuse(
            StunMessage request,
            StunError error,
            List<Integer> unknown,
            StunIntegrity integrity,
            NetworkPath path,
            IceSink out) {
        ByteBuf answer = allocator.buffer(CAPACITY_BYTES);
        StunWriter writer = begin(answer, StunClass.ERROR_RESPONSE, request).errorCode(error);
        if (!unknown.isEmpty()) {
            writer.unknownAttributes(unknown);
        }
        writer.messageIntegrity(integrity).fingerprint();
        return sendIfSmall(answer, request, path, out);
    }

    private static StunWriter begin(ByteBuf answer, StunClass answerClass, StunMessage request) {
        return StunWriter.begin(answer, answerClass, StunMessage.BINDING, request.transactionId());
    }

    private static boolean sendIfSmall(
            ByteBuf answer, StunMessage request, NetworkPath path, IceSink out) {
        if (answer.readableBytes() * RATIO_DENOMINATOR > request.sizeBytes() * RATIO_NUMERATOR) {
            answer.release();
            return false;
        }
        out.sendStun(answer, path);
        return true;
    }
}
