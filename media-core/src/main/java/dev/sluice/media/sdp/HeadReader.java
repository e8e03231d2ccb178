package dev.sluice.media.sdp;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Collects the lines before the attributes and holds them to their order (RFC 8866 section 5). */
final class HeadReader {

    /** {@code r=} and {@code z=} belong to the {@code t=} before them. */
    private static final String ORDER = "vosiuepcbtka";

    private static final String ONCE = "vosiuck";

    /** Nobody repeats a session in more ways; each further line would copy those before it. */
    private static final int MAX_REPEATS = 64;

    private final SdpLines lines;
    private char last;
    private int lastNumber = 1;
    private @Nullable Origin origin;
    private @Nullable String name;
    private @Nullable String information;
    private @Nullable String uri;
    private @Nullable Connection connection;
    private @Nullable String key;
    private final List<String> emails = new ArrayList<>();
    private final List<String> phones = new ArrayList<>();
    private final List<Bandwidth> bandwidths = new ArrayList<>();
    private final List<TimeDescription> times = new ArrayList<>();

    HeadReader(SdpLines lines) {
        this.lines = lines;
    }

    /** Refuses a line that stands where it must not. */
    void requirePlace(boolean inMedia) throws SdpParseException {
        char type = lines.type();
        if (last == 0 && !lines.line().equals("v=0")) {
            throw lines.error("expected v=0, found " + Quoted.of(lines.line()));
        }
        if (inMedia || type == 'm') {
            return;
        }
        lastNumber = lines.number();
        char place = type == 'r' || type == 'z' ? 't' : type;
        boolean isRepeated = type == last && ONCE.indexOf(type) >= 0;
        if (isRepeated || ORDER.indexOf(place) < ORDER.indexOf(last)) {
            throw lines.error(
                    "%s= stands after %s=; the order is v= o= s= i= u= e= p= c= b= t= r= z= k= a= m="
                            .formatted(type, last));
        }
        last = place;
    }

    void onLine() throws SdpParseException {
        String value = lines.value();
        switch (lines.type()) {
            case 'o' -> origin = required(Origin.read(value), Origin.FORM);
            case 's' -> name = value;
            case 'i' -> information = value;
            case 'u' -> uri = value;
            case 'e' -> emails.add(value);
            case 'p' -> phones.add(value);
            case 'c' -> connection = required(Connection.read(value), Connection.FORM);
            case 'b' -> bandwidths.add(required(Bandwidth.read(value), Bandwidth.FORM));
            case 't' -> times.add(required(TimeDescription.read(value), TimeDescription.FORM));
            case 'r' -> repeat(value);
            case 'z' -> zones(value);
            case 'k' -> key = value;
            default -> {}
        }
    }

    private <T> T required(@Nullable T value, String form) throws SdpParseException {
        if (value == null) {
            throw lines.unexpected(form);
        }
        return value;
    }

    private void repeat(String value) throws SdpParseException {
        if (times.isEmpty() || !TimeDescription.isRepeat(value)) {
            throw lines.unexpected(TimeDescription.REPEAT_FORM + " after t=");
        }
        if (times.getLast().repeats().size() == MAX_REPEATS) {
            throw lines.error("more than " + MAX_REPEATS + " r= for one t=");
        }
        times.add(times.removeLast().withRepeat(value));
    }

    private void zones(String value) throws SdpParseException {
        if (times.isEmpty()
                || times.getLast().zones().isPresent()
                || !TimeDescription.isZones(value)) {
            throw lines.unexpected(TimeDescription.ZONE_FORM + " after t=");
        }
        times.add(times.removeLast().withZones(value));
    }

    SessionHead head() throws SdpParseException {
        if (last == 0) {
            throw new SdpParseException(1, "empty; expected v=0");
        }
        if (origin == null || name == null || times.isEmpty()) {
            String missing = origin == null ? "o=" : name == null ? "s=" : "t=";
            throw new SdpParseException(
                    lastNumber, "expected " + missing + " up to here, which a session needs");
        }
        return new SessionHead(
                origin,
                name,
                Optional.ofNullable(information),
                Optional.ofNullable(uri),
                emails,
                phones,
                Optional.ofNullable(connection),
                bandwidths,
                times,
                Optional.ofNullable(key));
    }
}
