package dev.sluice.media.sdp;

import org.jspecify.annotations.Nullable;

/**
 * A limit, {@code b=} (RFC 8866 section 5.8).
 *
 * @param type {@link #AS}, {@link #TIAS}, {@code CT}, {@code RS}, {@code RR} or another word
 * @param value its unit depends on the type: kilobits a second, but bits a second for TIAS
 */
public record Bandwidth(String type, long value) {

    /** Kilobits a second, headers included. */
    public static final String AS = "AS";

    /** Bits a second, without headers (RFC 3890). */
    public static final String TIAS = "TIAS";

    static final String FORM = "<type>:<number>";

    static @Nullable Bandwidth read(String value) {
        int colon = value.indexOf(':');
        long number = Numbers.parseLongest(value.substring(colon + 1).trim());
        return colon < 1 || number < 0 ? null : new Bandwidth(value.substring(0, colon), number);
    }

    @Override
    public String toString() {
        return type + ":" + value;
    }
}
