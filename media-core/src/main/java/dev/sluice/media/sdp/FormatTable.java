package dev.sluice.media.sdp;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What the payload types of a media section mean, to compare with another description's. */
final class FormatTable {

    private static final String RTX = "rtx/";

    private FormatTable() {}

    /** Encoding, clock and channels in small letters; of RTX also what it repairs. */
    static Map<Integer, String> of(MediaDescription media) {
        Map<Integer, String> meanings = new LinkedHashMap<>();
        for (RtpMap map : media.attributes().all(AttributeType.RTPMAP)) {
            String channels = map.channels() > 1 ? "/" + map.channels() : "";
            String meaning = map.encodingName() + "/" + map.clockRateHz() + channels;
            meanings.putIfAbsent(map.payloadType(), meaning.toLowerCase(Locale.ROOT));
        }
        for (Fmtp fmtp : media.attributes().all(AttributeType.FMTP)) {
            String repaired = fmtp.values().get("apt");
            int payloadType = Numbers.parse(fmtp.format(), 127);
            if (repaired != null) {
                meanings.computeIfPresent(
                        payloadType,
                        (_, meaning) ->
                                meaning.startsWith(RTX) && !meaning.contains(" ")
                                        ? meaning + " of " + repaired
                                        : meaning);
            }
        }
        return meanings;
    }
}
