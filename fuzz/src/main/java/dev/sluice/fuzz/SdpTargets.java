package dev.sluice.fuzz;

import static dev.sluice.fuzz.FuzzTarget.hold;

import dev.sluice.media.sdp.IceFragment;
import dev.sluice.media.sdp.SdpParseException;
import dev.sluice.media.sdp.SessionDescription;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Session descriptions and the fragments of trickle ICE. */
final class SdpTargets {

    private SdpTargets() {}

    static Map<String, FuzzTarget> all() {
        return Map.of("sdp", SdpTargets::description, "sdp-fragment", SdpTargets::fragment);
    }

    private static void description(byte[] input) {
        try {
            SessionDescription read = SessionDescription.parse(text(input));
            hold(SessionDescription.parse(read.toString()).equals(read), "it comes back the same");
        } catch (SdpParseException expected) {
            hold(expected.getMessage() != null, "it says what is wrong");
        }
    }

    private static void fragment(byte[] input) {
        try {
            IceFragment read = IceFragment.parse(text(input));
            hold(IceFragment.parse(read.toString()).equals(read), "it comes back the same");
        } catch (SdpParseException expected) {
            hold(expected.getMessage() != null, "it says what is wrong");
        }
    }

    private static String text(byte[] input) {
        return new String(input, StandardCharsets.UTF_8);
    }
}
