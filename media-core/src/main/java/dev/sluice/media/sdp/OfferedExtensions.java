package dev.sluice.media.sdp;

import dev.sluice.media.rtp.HeaderExtension;
import dev.sluice.media.rtp.HeaderExtensionMap;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The header extensions of an offered media section that Sluice knows (RFC 8285 section 7). */
final class OfferedExtensions {

    /** Above are ids that only the two-byte form carries, which the offer must allow. */
    private static final int MAX_ONE_BYTE_ID = 14;

    private static final int MAX_TWO_BYTE_ID = 255;

    private static final Set<HeaderExtension> OF_PUBLISHERS_ONLY =
            EnumSet.of(HeaderExtension.RID, HeaderExtension.REPAIRED_RID);

    private OfferedExtensions() {}

    static HeaderExtensionMap of(
            MediaDescription media, Attributes session, AnswerPolicy.Role role) {
        boolean mixed =
                media.attributes().has("extmap-allow-mixed") || session.has("extmap-allow-mixed");
        Map<HeaderExtension, Integer> ids = new EnumMap<>(HeaderExtension.class);
        Set<Integer> seen = new HashSet<>();
        for (String value : media.attributes().values("extmap").toList()) {
            String[] words = value.trim().split(" +");
            String[] head = words[0].split("/", 2);
            int id = Numbers.parse(head[0], mixed ? MAX_TWO_BYTE_ID : MAX_ONE_BYTE_ID);
            HeaderExtension extension = words.length < 2 ? null : HeaderExtension.ofUri(words[1]);
            boolean isNew = id > 0 && seen.add(id);
            String direction = head.length == 2 ? head[1] : "sendrecv";
            if (isNew && extension != null && fits(extension, direction, role)) {
                ids.putIfAbsent(extension, id);
            }
        }
        return HeaderExtensionMap.of(ids);
    }

    private static boolean fits(
            HeaderExtension extension, String direction, AnswerPolicy.Role role) {
        return switch (role) {
            case RECEIVE -> direction.equals("sendrecv") || direction.equals("sendonly");
            case SEND ->
                    !OF_PUBLISHERS_ONLY.contains(extension)
                            && (direction.equals("sendrecv") || direction.equals("recvonly"));
        };
    }
}
