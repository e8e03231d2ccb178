package dev.sluice.server.control;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The members of one JSON object, in the order in which they are put; unknown ones are left out.
 */
final class Fields {

    private static final double NANOS_PER_SECOND = 1e9;

    private final Map<String, Object> members = new LinkedHashMap<>();

    Fields put(String name, @Nullable Object value) {
        if (value != null) {
            members.put(name, value);
        }
        return this;
    }

    /** Text, unless it is empty. */
    Fields text(String name, String value) {
        return put(name, value.isEmpty() ? null : value);
    }

    /** The constant's name as the W3C writes such names: in lower case. */
    Fields name(String name, Enum<?> value) {
        return put(name, value.name().toLowerCase(Locale.ROOT));
    }

    /** A figure that is unknown below 0. */
    Fields known(String name, double value) {
        return put(name, value < 0 ? null : value);
    }

    /** A figure that is unknown below 0. */
    Fields known(String name, long value) {
        return put(name, value < 0 ? null : value);
    }

    /** A time span in seconds; unknown below 0. */
    Fields seconds(String name, long nanos) {
        return put(name, nanos < 0 ? null : (Object) (nanos / NANOS_PER_SECOND));
    }

    /** A time in the past, in ISO 8601 to the millisecond. */
    Fields since(String name, Instant now, long ageNanos) {
        return put(name, now.minusNanos(ageNanos).truncatedTo(ChronoUnit.MILLIS).toString());
    }

    Map<String, Object> map() {
        return members;
    }
}
