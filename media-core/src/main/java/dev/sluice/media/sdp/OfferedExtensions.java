package dev.sluice.media.sdp;

import dev.sluice.media.rtp.HeaderExtension;
import dev.sluice.media.rtp.HeaderExtensionMap;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;

/** The header extensions of an offered media section that Sluice knows (RFC 8285 section 7). */
final class OfferedExtensions {

    /** Above are ids that only the two-byte form carries, which the offer must allow. */
    private static final int MAX_ONE_BYTE_ID = 14;

    static final int MAX_TWO_BYTE_ID = 255;

    /** Ends a one-byte block and is never given to an extension (RFC 8285 section 4.2). */
    private static final int RESERVED_ID = 15;

    private static final Set<HeaderExtension> OF_PUBLISHERS_ONLY =
            EnumSet.of(
                    HeaderExtension.RID,
                    HeaderExtension.REPAIRED_RID,
                    HeaderExtension.VIDEO_LAYERS_ALLOCATION);

    /** Those that a session acts on or carries over; others that are known are left out. */
    private static final Set<HeaderExtension> ANSWERED =
            EnumSet.of(
                    HeaderExtension.MID,
                    HeaderExtension.RID,
                    HeaderExtension.REPAIRED_RID,
                    HeaderExtension.ABS_SEND_TIME,
                    HeaderExtension.TRANSPORT_WIDE_CC,
                    HeaderExtension.AUDIO_LEVEL,
                    HeaderExtension.VIDEO_ORIENTATION,
                    HeaderExtension.VIDEO_LAYERS_ALLOCATION,
                    HeaderExtension.DEPENDENCY_DESCRIPTOR);

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
        return of(
                media,
                session,
                inBundle,
                (extension, map) ->
                        fits(extension, map.direction().orElse(Direction.SENDRECV), role));
    }

    /** The ids of an answer to our own offer, which chose among those that we use. */
    static HeaderExtensionMap ofAnswer(
            MediaDescription media, Attributes session, Map<Integer, HeaderExtension> inBundle) {
        return of(media, session, inBundle, (_, _) -> true);
    }

    private static HeaderExtensionMap of(
            MediaDescription media,
            Attributes session,
            Map<Integer, HeaderExtension> inBundle,
            BiPredicate<HeaderExtension, Extmap> isFit) {
        Map<HeaderExtension, Integer> ids = new EnumMap<>(HeaderExtension.class);
        Set<Integer> seen = new HashSet<>();
        // A template structure needs the two-byte form (RFC 8285 section 4.3).
        boolean isMixed = isMixed(media, session);
        int maxId = isMixed ? MAX_TWO_BYTE_ID : MAX_ONE_BYTE_ID;
        for (Extmap map : lines(media, session)) {
            int id = map.id();
            HeaderExtension extension = HeaderExtension.ofUri(map.uri());
            boolean isNew = id > 0 && id <= maxId && id != RESERVED_ID && seen.add(id);
            if (isNew
                    && extension != null
                    && ANSWERED.contains(extension)
                    && (extension != HeaderExtension.DEPENDENCY_DESCRIPTOR || isMixed)
                    && isFit.test(extension, map)
                    && inBundle.getOrDefault(id, extension) == extension
                    && ids.putIfAbsent(extension, id) == null) {
                inBundle.put(id, extension);
            }
        }
        return HeaderExtensionMap.of(ids);
    }

    private static boolean isMixed(MediaDescription media, Attributes session) {
        return media.attributes().has(AttributeType.EXTMAP_ALLOW_MIXED)
                || session.has(AttributeType.EXTMAP_ALLOW_MIXED);
    }

    /** The section's lines, then those that the session says for all (RFC 8285 section 8). */
    static List<Extmap> lines(MediaDescription media, Attributes session) {
        List<Extmap> lines = new ArrayList<>(media.attributes().all(AttributeType.EXTMAP));
        lines.addAll(session.all(AttributeType.EXTMAP));
        return lines;
    }

    /** The direction to write behind our id: the other end of the offered one, if it has one. */
    static String answeredDirection(MediaDescription media, int id, AnswerPolicy.Role role) {
        boolean hasDirection =
                media.attributes().all(AttributeType.EXTMAP).stream()
                        .anyMatch(map -> map.id() == id && map.direction().isPresent());
        if (!hasDirection) {
            return "";
        }
        return role == AnswerPolicy.Role.RECEIVE ? "/recvonly" : "/sendonly";
    }

    private static boolean fits(
            HeaderExtension extension, Direction direction, AnswerPolicy.Role role) {
        return switch (role) {
            case RECEIVE -> direction.sends();
            case SEND -> !OF_PUBLISHERS_ONLY.contains(extension) && direction.receives();
        };
    }
}
