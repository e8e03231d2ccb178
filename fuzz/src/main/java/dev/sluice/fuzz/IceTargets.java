package dev.sluice.fuzz;

import static dev.sluice.fuzz.FuzzTarget.hold;

import dev.sluice.media.ice.IceCandidate;
import dev.sluice.media.ice.StreamFraming;
import dev.sluice.media.stun.StunMessage;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** STUN messages and the lines of candidates. */
final class IceTargets {

    private static final int MAX_FRAME_BYTES = 300;

    private IceTargets() {}

    static Map<String, FuzzTarget> all() {
        return Map.of(
                "stun", IceTargets::stun,
                "ice-candidate", IceTargets::candidate,
                "ice-agent", IceAgentTarget::run,
                "ice-tcp-framing", IceTargets::framing);
    }

    private static void stun(byte[] input) {
        StunMessage message = new StunMessage();
        if (!message.wrap(Unpooled.wrappedBuffer(input))) {
            return;
        }
        hold(message.sizeBytes() <= input.length, "it stays inside");
        message.messageClass();
        message.username();
        message.priority();
        message.useCandidate();
        message.xorMappedAddress();
        message.errorCode();
        message.hasFingerprint();
        message.unknownRequiredAttributes();
    }

    /** Cut anywhere, a stream has the same datagrams; the first byte says where it is cut. */
    private static void framing(byte[] input) {
        if (input.length == 0) {
            return;
        }
        List<ByteBuf> whole = new ArrayList<>();
        List<ByteBuf> parts = new ArrayList<>();
        boolean isWhole = frames(input, input.length, whole);
        hold(frames(input, 1 + (input[0] & 0x1F), parts) == isWhole, "it breaks wherever cut");
        hold(parts.equals(whole), "the same frames wherever it is cut");
    }

    private static boolean frames(byte[] input, int chunkBytes, List<ByteBuf> into) {
        StreamFraming framing =
                new StreamFraming(UnpooledByteBufAllocator.DEFAULT, MAX_FRAME_BYTES);
        boolean isWhole = true;
        for (int at = 1; at < input.length; at += chunkBytes) {
            int size = Math.min(chunkBytes, input.length - at);
            isWhole &=
                    framing.onBytes(
                            Unpooled.wrappedBuffer(input, at, size),
                            datagram -> into.add(Unpooled.copiedBuffer(datagram)));
        }
        framing.release();
        return isWhole;
    }

    private static void candidate(byte[] input) {
        IceCandidate candidate = IceCandidate.parse(new String(input, StandardCharsets.UTF_8));
        if (candidate != null) {
            IceCandidate again = IceCandidate.parse(candidate.toAttribute());
            hold(candidate.equals(again), candidate + " came back as " + again);
        }
    }
}
