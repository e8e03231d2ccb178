package dev.sluice.media.sdp;

import static dev.sluice.media.sdp.IllegalDescription.require;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** How {@code o=} goes on from one description of a side to its next (RFC 3264 section 8). */
final class VersionRules {

    /** What comes by trickling, without a new version. */
    private static final Set<String> TRICKLED = Set.of("candidate", "end-of-candidates", "rtcp");

    private VersionRules() {}

    static void check(SessionDescription last, SessionDescription next) throws IllegalDescription {
        Origin then = last.origin();
        Origin now = next.origin();
        require(
                now.sessionId().equals(then.sessionId()),
                "The session id in o= was %s and is %s",
                then.sessionId(),
                now.sessionId());
        require(
                now.version() >= then.version(),
                "The version in o= went back from %d to %d",
                then.version(),
                now.version());
        require(
                now.version() > then.version() || says(next).equals(says(last)),
                "The description changed, but the version in o= is still %d",
                now.version());
    }

    /** All that a version stands for. */
    private static List<Object> says(SessionDescription description) {
        List<Object> said = new ArrayList<>(lasting(description.attributes()));
        for (MediaDescription media : description.media()) {
            said.add(media.type());
            said.add(media.isUsed());
            said.add(media.protocol());
            said.add(media.formats());
            said.add(lasting(media.attributes()));
        }
        return said;
    }

    private static List<SdpAttribute> lasting(Attributes attributes) {
        return attributes.lines().stream().filter(line -> !TRICKLED.contains(line.name())).toList();
    }
}
