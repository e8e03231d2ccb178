package dev.sluice.media.sdp;

import org.jspecify.annotations.Nullable;

/**
 * An attribute of one source (RFC 5576 section 4.1), such as its canonical name or its stream.
 *
 * @param ssrc 0 to 2^32-1
 * @param name empty where a line names only the source
 * @param value empty for an attribute without one
 */
public record SsrcAttribute(long ssrc, String name, String value) {

    static final long MAX_SSRC = 0xFFFF_FFFFL;

    static @Nullable SsrcAttribute read(String value) {
        String[] words = value.trim().split(" +", 2);
        long ssrc = ssrc(words[0]);
        if (ssrc < 0) {
            return null;
        }
        SdpAttribute attribute = SdpAttribute.parse(words.length == 2 ? words[1] : "");
        return new SsrcAttribute(ssrc, attribute.name(), attribute.value());
    }

    /** The SSRC of its digits, -1 for anything else. */
    static long ssrc(String digits) {
        long ssrc = Numbers.parseLong(digits);
        return ssrc <= MAX_SSRC ? ssrc : -1;
    }

    @Override
    public String toString() {
        return (ssrc + " " + name + (value.isEmpty() ? "" : ":" + value)).trim();
    }
}
