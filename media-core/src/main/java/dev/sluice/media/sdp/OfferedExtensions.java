package dev.sluice.media.sdp;

import dev.sluice.media.rtp.HeaderExtension;
import dev.sluice.media.rtp.HeaderExtensionMap;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The header extensions of an offered media section that Sluice knows (RFC 8285 section 7). */
final class OfferedExtensions {

    /** Above are ids that only the two-byte form carries, which the offer must allow. */
    private static final int MAX_ONE_BYTE_ID = 14;

    private static final int MAX_TWO_BYTE_ID = 255;

    /** Ends a one-byte block and is never given to an extension (RFC 8285 section 4.2). */
    private static final int RESERVED_ID = 15;

    private static final Set<HeaderExtension> OF_PUBLISHERS_ONLY =
            EnumSet.of(HeaderExtension.RID, HeaderExtension.REPAIRED_RID);

    /** Those that a session acts on or carries over; others that are known are left out. */
    private static final Set<HeaderExtension> ANSWERED =
            EnumSet.of(
                    HeaderExtension.MID,
                    HeaderExtension.RID,
                    HeaderExtension.REPAIRED_RID,
                    HeaderExtension.ABS_SEND_TIME,
                    HeaderExtension.TRANSPORT_WIDE_CC,
                    HeaderExtension.AUDIO_LEVEL,
                    HeaderExtension.VIDEO_ORIENTATION);

    private OfferedExtensions() {}

    /**
     * The ids both sides can use.
     *
     * @param inBundle what the ids of the sections before mean; an id of another meaning is left
     *     out, and those of this section are added
     */
    static HeaderExtensionMap of(
            MediaDescription media,
            Attributes session,
            AnswerPolicy.Role role,
            Map<Integer, HeaderExtension> inBundle) {
        boolean mixed =
                media.attributes().has("extmap-allow-mixed") || session.has("extmap-allow-mixed");
        Map<HeaderExtension, Integer> ids = new EnumMap<>(HeaderExtension.class);
        Set<Integer> seen = new HashSet<>();
        for (String value : lines(media, session)) {
            String[] words = value.trim().split(" +", -1);
            String[] head = words[0].split("/", 2);
            int id = Numbers.parse(head[0], mixed ? MAX_TWO_BYTE_ID : MAX_ONE_BYTE_ID);
            HeaderExtension extension = words.length < 2 ? null : HeaderExtension.ofUri(words[1]);
            boolean isNew = id > 0 && id != RESERVED_ID && seen.add(id);
            String direction = head.length == 2 ? head[1] : "sendrecv";
            if (isNew
                    && extension != null
                    && ANSWERED.contains(extension)
                    && fits(extension, direction, role)
                    && inBundle.getOrDefault(id, extension) == extension
                    && ids.putIfAbsent(extension, id) == null) {
                inBundle.put(id, extension);
            }
        }
        return HeaderExtensionMap.of(ids);
    }

    /** The section's lines, then those that the session says for all (RFC 8285 section 8). */
    private static List<String> lines(MediaDescription media, Attributes session) {
        return Stream.concat(media.attributes().values("extmap"), session.values("extmap"))
                .toList();
    }

    /** The direction to write behind our id: the other end of the offered one, if it has one. */
    static String answeredDirection(MediaDescription media, int id, AnswerPolicy.Role role) {
        boolean hasDirection =
                media.attributes().values("extmap").anyMatch(line -> line.startsWith(id + "/"));
        if (!hasDirection) {
            return "";
        }
        return role == AnswerPolicy.Role.RECEIVE ? "/recvonly" : "/sendonly";
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
