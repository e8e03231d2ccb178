package dev.sluice.media.ice;

import dev.sluice.media.stun.StunClass;
import dev.sluice.media.stun.StunError;
import dev.sluice.media.stun.StunIntegrity;
import dev.sluice.media.stun.StunMessage;
import dev.sluice.media.stun.StunWriter;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

import java.util.List;

/** Answers to authentic checks; one that would be much larger than its check is not sent. */
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

    /** Tells the peer where its check came from. */
    IceStatus accept(StunMessage request, StunIntegrity integrity, NetworkPath path, IceSink out) {
        ByteBuf answer = allocator.buffer(CAPACITY_BYTES);
        begin(answer, StunClass.SUCCESS_RESPONSE, request)
                .xorMappedAddress(path.remote())
                .messageIntegrity(integrity)
                .fingerprint();
        return sendIfSmall(answer, request, path, out) ? IceStatus.ANSWERED : IceStatus.TOO_SMALL;
    }

    /** Refuses a check that asks for our role. */
    IceStatus refuseRole(
            StunMessage request, StunIntegrity integrity, NetworkPath path, IceSink out) {
        ByteBuf answer = allocator.buffer(CAPACITY_BYTES);
        begin(answer, StunClass.ERROR_RESPONSE, request)
                .errorCode(StunError.ROLE_CONFLICT)
                .messageIntegrity(integrity)
                .fingerprint();
        return sendIfSmall(answer, request, path, out)
                ? IceStatus.ROLE_CONFLICT
                : IceStatus.TOO_SMALL;
    }

    /** Refuses a check with attributes that must be known and are not. */
    IceStatus refuseUnknown(
            StunMessage request,
            List<Integer> attributeTypes,
            StunIntegrity integrity,
            NetworkPath path,
            IceSink out) {
        ByteBuf answer = allocator.buffer(CAPACITY_BYTES);
        begin(answer, StunClass.ERROR_RESPONSE, request)
                .errorCode(StunError.UNKNOWN_ATTRIBUTE)
                .unknownAttributes(attributeTypes)
                .messageIntegrity(integrity)
                .fingerprint();
        return sendIfSmall(answer, request, path, out)
                ? IceStatus.UNKNOWN_ATTRIBUTE
                : IceStatus.TOO_SMALL;
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
