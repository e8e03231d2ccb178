package dev.sluice.media.sdp;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Collects the lines of one media section. */
final class MediaReader {

    /** More than there are payload types. */
    private static final int MAX_FORMATS = 256;

    private static final int MAX_PORT = 65535;

    private final SdpLines lines;
    private final List<String> words;
    private final int port;
    private final int portCount;
    private @Nullable String title;
    private @Nullable String key;
    private final List<Connection> connections = new ArrayList<>();
    private final List<Bandwidth> bandwidths = new ArrayList<>();
    private final List<SdpAttribute> attributes = new ArrayList<>();

    /** Starts with the {@code m=} line. */
    MediaReader(SdpLines lines) throws SdpParseException {
        this.lines = lines;
        words = Numbers.words(lines.value());
        if (words.size() < 4) {
            throw lines.unexpected(MediaDescription.FORM);
        }
        if (words.size() > 3 + MAX_FORMATS) {
            throw lines.error("more than " + MAX_FORMATS + " formats");
        }
        String[] ports = words.get(1).split("/", 2);
        port = Numbers.parse(ports[0], MAX_PORT);
        portCount = ports.length == 1 ? 1 : Numbers.parse(ports[1], MAX_PORT);
        if (port < 0 || portCount < 1) {
            throw lines.error("expected a port 0 to 65535, found " + Quoted.of(words.get(1)));
        }
    }

    List<SdpAttribute> attributes() {
        return attributes;
    }

    /** A line of another type than {@code m=} and {@code a=}. */
    void onLine() throws SdpParseException {
        String value = lines.value();
        switch (lines.type()) {
            case 'i' -> title = once(title, value);
            case 'c' -> connections.add(required(Connection.read(value), Connection.FORM));
            case 'b' -> bandwidths.add(required(Bandwidth.read(value), Bandwidth.FORM));
            case 'k' -> key = once(key, value);
            default -> throw lines.error(lines.type() + "= belongs before the first m=");
        }
    }

    private String once(@Nullable String before, String value) throws SdpParseException {
        if (before != null) {
            throw lines.error("a second " + lines.type() + "= in one media section");
        }
        return value;
    }

    private <T> T required(@Nullable T value, String form) throws SdpParseException {
        if (value == null) {
            throw lines.unexpected(form);
        }
        return value;
    }

    MediaDescription media() {
        return new MediaDescription(
                words.get(0),
                port,
                portCount,
                words.get(2),
                words.subList(3, words.size()),
                Optional.ofNullable(title),
                connections,
                bandwidths,
                Optional.ofNullable(key),
                new Attributes(attributes));
    }
}
