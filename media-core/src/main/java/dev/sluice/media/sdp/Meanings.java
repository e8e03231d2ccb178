package dev.sluice.media.sdp;

import static dev.sluice.media.sdp.IllegalDescription.require;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What payload types and header extension ids have meant in each live section. A payload type never
 * gets another codec while the section lives (RFC 3264 section 8.3.2), an id never another
 * extension (RFC 8285 section 7).
 *
 * @param byMid for each section, "payload type 96" and the like to what it means
 */
record Meanings(Map<String, Map<String, String>> byMid) {

    static final Meanings NONE = new Meanings(Map.of());

    /** What holds after an agreement; sections that are over are forgotten. */
    Meanings after(Agreement agreement) {
        Map<String, Map<String, String>> next = new HashMap<>();
        for (boolean isLocal : new boolean[] {true, false}) {
            for (SectionView section : agreement.live(isLocal)) {
                Map<String, String> known =
                        next.computeIfAbsent(
                                section.mid(),
                                mid -> new HashMap<>(byMid.getOrDefault(mid, Map.of())));
                of(section).forEach(known::putIfAbsent);
            }
        }
        return new Meanings(next);
    }

    void check(SectionView section) throws IllegalDescription {
        Map<String, String> known = byMid.getOrDefault(section.mid(), Map.of());
        for (var said : of(section).entrySet()) {
            String meant = known.getOrDefault(said.getKey(), said.getValue());
            require(
                    meant.equals(said.getValue()),
                    "%s uses %s for %s; in this session it is %s",
                    section.name(),
                    said.getKey(),
                    Quoted.of(said.getValue()),
                    Quoted.of(meant));
        }
    }

    private static Map<String, String> of(SectionView section) {
        Map<String, String> meanings = new LinkedHashMap<>();
        FormatTable.of(section.media())
                .forEach((type, meaning) -> meanings.put("payload type " + type, meaning));
        for (Extmap map : OfferedExtensions.lines(section.media(), section.whole().attributes())) {
            if (map.id() <= OfferedExtensions.MAX_TWO_BYTE_ID) {
                meanings.putIfAbsent("header extension id " + map.id(), map.uri());
            }
        }
        return meanings;
    }
}
