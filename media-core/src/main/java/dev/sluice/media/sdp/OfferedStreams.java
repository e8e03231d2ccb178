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

    private static final long MAX_SSRC = 0xFFFF_FFFFL;

    private static final int MAX_LAYERS = 8;

    private OfferedStreams() {}

    /** The announced media SSRCs with their repair (RFC 5576 4.1, FID groups). */
    static List<AnnouncedSsrc> ssrcs(MediaDescription media) {
        Map<Long, Long> rtx = new HashMap<>();
        for (String value : media.attributes().values("ssrc-group").toList()) {
            String[] words = value.trim().split(" +", -1);
            if (words.length == 3 && words[0].equals("FID")) {
                rtx.put(ssrc(words[1]), ssrc(words[2]));
            }
        }
        Set<Long> seen = new LinkedHashSet<>();
        media.attributes()
                .values("ssrc")
                .map(value -> ssrc(value.split(" ", 2)[0]))
                .filter(ssrc -> ssrc >= 0 && !rtx.containsValue(ssrc))
                .distinct()
                .limit(MAX_SSRCS)
                .forEach(seen::add);
        List<AnnouncedSsrc> announced = new ArrayList<>();
        seen.forEach(ssrc -> announced.add(new AnnouncedSsrc(ssrc, rtx.getOrDefault(ssrc, -1L))));
        return announced;
    }

    private static long ssrc(String digits) {
        long ssrc = Numbers.parseLong(digits);
        return ssrc <= MAX_SSRC ? ssrc : -1;
    }

    /**
     * The RIDs of {@code a=simulcast:send} in order (RFC 8853 5.1); the first of alternatives
     * counts.
     */
    static List<String> rids(MediaDescription media) {
        String[] words = media.attributes().first("simulcast").orElse("").trim().split(" +", -1);
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
            if (rids.size() == MAX_LAYERS) {
                break;
            }
            if (!rid.isEmpty() && !rids.contains(rid) && isDeclared(media, rid)) {
                rids.add(rid);
            }
        }
        return rids;
    }

    private static boolean isDeclared(MediaDescription media, String rid) {
        return media.attributes()
                .values("rid")
                .map(value -> value.trim().split(" +", -1))
                .anyMatch(
                        words ->
                                words.length > 1
                                        && words[0].equals(rid)
                                        && words[1].equals("send"));
    }
}
