package dev.sluice.media.sdp;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What an offered media section says about the streams that it will send: SSRCs and simulcast
 * layers.
 */
final class OfferedStreams {

    /** More than any client sends in one media section. */
    private static final int MAX_SSRCS = 32;

    private static final int MAX_LAYERS = 8;

    private OfferedStreams() {}

    /** The announced media SSRCs with their repair (RFC 5576 4.1, FID groups). */
    static List<AnnouncedSsrc> ssrcs(MediaDescription media) {
        Map<Long, Long> rtx = new HashMap<>();
        for (String value : media.attributes().values("ssrc-group").toList()) {
            String[] words = value.trim().split(" +");
            if (words.length == 3 && words[0].equals("FID")) {
                rtx.put(Numbers.parseLong(words[1]), Numbers.parseLong(words[2]));
            }
        }
        Set<Long> seen = new LinkedHashSet<>();
        media.attributes()
                .values("ssrc")
                .map(value -> Numbers.parseLong(value.split(" ", 2)[0]))
                .filter(ssrc -> ssrc >= 0 && ssrc <= 0xFFFF_FFFFL && !rtx.containsValue(ssrc))
                .limit(MAX_SSRCS)
                .forEach(seen::add);
        List<AnnouncedSsrc> announced = new ArrayList<>();
        seen.forEach(ssrc -> announced.add(new AnnouncedSsrc(ssrc, rtx.getOrDefault(ssrc, -1L))));
        return announced;
    }

    /**
     * The RIDs of {@code a=simulcast:send} in order (RFC 8853 5.1); the first of alternatives
     * counts.
     */
    static List<String> rids(MediaDescription media) {
        String[] words = media.attributes().first("simulcast").orElse("").trim().split(" +");
        for (int i = 0; i + 1 < words.length; i += 2) {
            if (words[i].equals("send")) {
                return layers(media, words[i + 1]);
            }
        }
        return List.of();
    }

    private static List<String> layers(MediaDescription media, String streams) {
        List<String> rids = new ArrayList<>();
        for (String alternatives : streams.split(";", -1)) {
            String rid = alternatives.split(",", 2)[0].replace("~", "");
            boolean declared =
                    media.attributes().values("rid").anyMatch(r -> r.startsWith(rid + " send"));
            if (!rid.isEmpty() && declared && rids.size() < MAX_LAYERS && !rids.contains(rid)) {
                rids.add(rid);
            }
        }
        return rids;
    }
}
