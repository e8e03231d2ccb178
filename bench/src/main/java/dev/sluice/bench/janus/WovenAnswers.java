package dev.sluice.bench.janus;

import dev.sluice.media.sdp.AttributeType;
import dev.sluice.media.sdp.Attributes;
import dev.sluice.media.sdp.Extmap;
import dev.sluice.media.sdp.MediaDescription;
import dev.sluice.media.sdp.RtpMap;
import dev.sluice.media.sdp.SdpAttribute;
import dev.sluice.media.sdp.SdpParseException;
import dev.sluice.media.sdp.SessionDescription;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Answers to two offers that meet: a viewer's by WHEP, and Janus's, whose room offers to its
 * viewers by itself. Each side is given what the other one offered, as an answer: its transport and
 * its streams, with the payload types and header extensions that both have under the same numbers.
 *
 * @param toViewer Janus's offer as an answer to the viewer; DTLS begins with the viewer
 * @param toJanus the viewer's offer as an answer to Janus
 */
record WovenAnswers(String toViewer, String toJanus) {

    /** Attributes that name a payload type first, or * for all. */
    private static final Set<String> OF_FORMATS = Set.of("rtpmap", "fmtp", "rtcp-fb");

    private static final Set<String> DIRECTIONS =
            Set.of("sendrecv", "sendonly", "recvonly", "inactive");

    /**
     * Weaves two offers with the same kinds of sections in the same order.
     *
     * @throws SdpParseException when one is no description
     * @throws IllegalArgumentException when their sections do not fit together
     */
    static WovenAnswers of(String viewerOffer, String janusOffer) throws SdpParseException {
        SessionDescription viewer = SessionDescription.parse(viewerOffer);
        SessionDescription janus = SessionDescription.parse(janusOffer);
        requireAlike(viewer, janus);
        return new WovenAnswers(
                answer(janus, viewer, "passive", "sendonly"),
                answer(viewer, janus, "active", "recvonly"));
    }

    private static void requireAlike(SessionDescription viewer, SessionDescription janus) {
        List<String> wanted = viewer.media().stream().map(MediaDescription::type).toList();
        List<String> offered = janus.media().stream().map(MediaDescription::type).toList();
        if (!wanted.equals(offered)) {
            throw new IllegalArgumentException(
                    "The viewer offers %s and Janus %s".formatted(wanted, offered));
        }
    }

    /** The description as an answer to the other one. */
    private static String answer(
            SessionDescription said, SessionDescription other, String setup, String direction) {
        List<MediaDescription> sections = new ArrayList<>();
        Map<String, String> mids = new HashMap<>();
        for (int i = 0; i < said.media().size(); i++) {
            MediaDescription section = said.media().get(i);
            MediaDescription match = other.media().get(i);
            mids.put(section.mid().orElse(""), match.mid().orElse(""));
            sections.add(section(section, match, setup, direction));
        }
        Attributes session = session(said.attributes(), mids);
        return new SessionDescription(said.head(), session, sections).write();
    }

    /** The bundle names the sections as the other side does. */
    private static Attributes session(Attributes said, Map<String, String> mids) {
        List<SdpAttribute> lines = new ArrayList<>();
        for (SdpAttribute line : said.lines()) {
            if (line.name().equals("group")) {
                StringBuilder group = new StringBuilder();
                for (String word : line.value().split(" ")) {
                    group.append(group.isEmpty() ? "" : " ").append(mids.getOrDefault(word, word));
                }
                lines.add(new SdpAttribute("group", group.toString()));
            } else if (!line.name().equals("setup")) {
                lines.add(line);
            }
        }
        return new Attributes(lines);
    }

    private static MediaDescription section(
            MediaDescription said, MediaDescription other, String setup, String direction) {
        List<String> formats = commonFormats(said, other);
        Set<String> extensions = extensions(other);
        List<SdpAttribute> lines = new ArrayList<>();
        for (SdpAttribute line : said.attributes().lines()) {
            if (isKept(line, formats, extensions)) {
                lines.add(line);
            }
        }
        lines.add(new SdpAttribute("mid", other.mid().orElse("")));
        lines.add(new SdpAttribute("setup", setup));
        lines.add(new SdpAttribute(direction));
        return new MediaDescription(
                said.type(),
                said.port(),
                said.portCount(),
                said.protocol(),
                formats,
                said.title(),
                said.connections(),
                said.bandwidths(),
                said.key(),
                new Attributes(lines));
    }

    private static boolean isKept(SdpAttribute line, List<String> formats, Set<String> extensions) {
        String name = line.name();
        if (name.equals("mid") || name.equals("setup") || DIRECTIONS.contains(name)) {
            return false;
        }
        if (name.equals("extmap")) {
            return extensions.contains(extension(line));
        }
        String first = line.value().split(" ", 2)[0];
        return !OF_FORMATS.contains(name) || first.equals("*") || formats.contains(first);
    }

    private static String extension(SdpAttribute line) {
        return new Attributes(List.of(line))
                .first(AttributeType.EXTMAP)
                .map(WovenAnswers::extension)
                .orElse("");
    }

    private static String extension(Extmap map) {
        return map.id() + " " + map.uri();
    }

    private static Set<String> extensions(MediaDescription section) {
        Set<String> found = new HashSet<>();
        section.attributes().all(AttributeType.EXTMAP).forEach(map -> found.add(extension(map)));
        return found;
    }

    private static List<String> commonFormats(MediaDescription said, MediaDescription other) {
        Map<String, String> meanings = meanings(other);
        List<String> common = new ArrayList<>();
        meanings(said)
                .forEach(
                        (format, meaning) -> {
                            if (meaning.equals(meanings.get(format))) {
                                common.add(format);
                            }
                        });
        if (common.isEmpty()) {
            throw new IllegalArgumentException(
                    "Viewer and Janus have no format in common: %s and %s"
                            .formatted(meanings(said), meanings));
        }
        return common;
    }

    private static Map<String, String> meanings(MediaDescription section) {
        Map<String, String> meanings = new java.util.LinkedHashMap<>();
        for (RtpMap map : section.attributes().all(AttributeType.RTPMAP)) {
            String meaning = "%s/%d".formatted(map.encodingName(), map.clockRateHz());
            meanings.put(Integer.toString(map.payloadType()), meaning.toLowerCase(Locale.ROOT));
        }
        return meanings;
    }
}
