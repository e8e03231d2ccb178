package dev.sluice.load.signal;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;

/** The address of WHIP or WHEP, for one stream or for numbered ones. */
public record Endpoint(String template) {

    /** Stands for the stream's number. */
    public static final String NUMBER = "{n}";

    private static final Set<String> SCHEMES = Set.of("http", "https");
    private static final int MAX_PORT = 65_535;

    /**
     * @throws IllegalArgumentException when it is no address of HTTP; the message names it
     */
    public Endpoint {
        try {
            URI uri = new URI(template.replace(NUMBER, "0"));
            if (uri.getScheme() == null || !SCHEMES.contains(uri.getScheme())) {
                throw new IllegalArgumentException(
                        "expected an address that begins with http:// or https://, found '%s'"
                                .formatted(template));
            }
            if (uri.getHost() == null) {
                throw new IllegalArgumentException("no host in '%s'".formatted(template));
            }
            if (uri.getPort() == 0 || uri.getPort() > MAX_PORT) {
                throw new IllegalArgumentException(
                        "expected a port of 1 to %d in '%s'".formatted(MAX_PORT, template));
            }
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(
                    "not an address: '%s': %s".formatted(template, e.getMessage()), e);
        }
    }

    /**
     * The address of a stream. Without a place for the number it is added to the path, unless there
     * is one stream only.
     */
    public URI ofStream(int number, int streams) {
        if (template.contains(NUMBER)) {
            return URI.create(template.replace(NUMBER, Integer.toString(number)));
        }
        if (streams == 1) {
            return URI.create(template);
        }
        int query = template.indexOf('?');
        String path = query < 0 ? template : template.substring(0, query);
        String rest = query < 0 ? "" : template.substring(query);
        return URI.create(path + "-" + number + rest);
    }

    /** The host that is named. */
    public String host() {
        return URI.create(template.replace(NUMBER, "0")).getHost();
    }
}
