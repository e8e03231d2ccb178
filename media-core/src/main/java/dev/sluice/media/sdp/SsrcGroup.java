package dev.sluice.media.sdp;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/**
 * Sources that belong together (RFC 5576 section 4.2).
 *
 * @param semantics {@code FID} for a stream and its retransmissions, {@code SIM} for simulcast
 *     layers, {@code FEC-FR} for a stream and its repair (RFC 5956), or another word
 * @param ssrcs at least one
 */
public record SsrcGroup(String semantics, List<Long> ssrcs) {

    public static final String FID = "FID";
    public static final String SIM = "SIM";
    public static final String FEC_FR = "FEC-FR";

    public SsrcGroup {
        ssrcs = List.copyOf(ssrcs);
    }

    static @Nullable SsrcGroup read(String value) {
        List<String> words = Numbers.words(value);
        List<Long> ssrcs = new ArrayList<>();
        for (String word : words.subList(1, words.size())) {
            long ssrc = SsrcAttribute.ssrc(word);
            if (ssrc < 0) {
                return null;
            }
            ssrcs.add(ssrc);
        }
        return ssrcs.isEmpty() ? null : new SsrcGroup(words.getFirst(), ssrcs);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(semantics);
        ssrcs.forEach(ssrc -> text.append(' ').append(ssrc));
        return text.toString();
    }
}
