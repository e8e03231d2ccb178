package dev.sluice.fuzz;

import static dev.sluice.fuzz.FuzzTarget.hold;

import dev.sluice.media.ice.IceCandidate;
import dev.sluice.media.stun.StunMessage;

import io.netty.buffer.Unpooled;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/** STUN messages and the lines of candidates. */
final class IceTargets {

    private IceTargets() {}

    static Map<String, FuzzTarget> all() {
        return Map.of("stun", IceTargets::stun, "ice-candidate", IceTargets::candidate);
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

    private static void candidate(byte[] input) {
        IceCandidate candidate = IceCandidate.parse(new String(input, StandardCharsets.UTF_8));
        if (candidate != null) {
            IceCandidate again = IceCandidate.parse(candidate.toAttribute());
            hold(candidate.equals(again), candidate + " came back as " + again);
        }
    }
}
