package dev.sluice.server.signal;

import dev.sluice.server.config.IceServer;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.stream.Stream;

/** STUN and TURN servers as values of Link headers (RFC 9725 section 4.6). */
final class IceServerLinks {

    private IceServerLinks() {}

    static List<String> of(List<IceServer> servers) {
        return servers.stream().flatMap(IceServerLinks::linksOf).toList();
    }

    private static Stream<String> linksOf(IceServer server) {
        String attributes =
                "; rel=\"ice-server\""
                        + attribute("username", server.username())
                        + attribute("credential", server.credential())
                        + (server.credential() == null ? "" : "; credential-type=\"password\"");
        return server.urls().stream().map(url -> "<" + url + ">" + attributes);
    }

    private static String attribute(String name, @Nullable String value) {
        return value == null
                ? ""
                : "; " + name + "=\"" + value.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
