package dev.sluice.media.sdp;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Parameters of a format (RFC 8866 section 6.15). Most codecs write {@code name=value} pairs with
 * semicolons; what does not, such as {@code 0-15} of telephone-event or {@code 111/111} of RED, is
 * in the text alone.
 *
 * @param format a payload type, for RTP
 */
public record Fmtp(String format, String parameters) {

    static @Nullable Fmtp read(String value) {
        int space = value.indexOf(' ');
        return space < 1
                ? null
                : new Fmtp(value.substring(0, space), value.substring(space + 1).trim());
    }

    /** The pairs in order, names in lower case; of a repeated name the first counts. */
    public Map<String, String> values() {
        Map<String, String> values = new LinkedHashMap<>();
        for (String parameter : parameters.split(";", -1)) {
            int equals = parameter.indexOf('=');
            if (equals > 0) {
                String name = parameter.substring(0, equals).trim().toLowerCase(Locale.ROOT);
                values.putIfAbsent(name, parameter.substring(equals + 1).trim());
            }
        }
        return values;
    }

    @Override
    public String toString() {
        return format + " " + parameters;
    }
}
