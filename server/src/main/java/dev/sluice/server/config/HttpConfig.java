package dev.sluice.server.config;

import java.util.List;

/**
 * Where WHIP, WHEP, the page and the metrics are served.
 *
 * @param listen the address or host name to bind; 0.0.0.0 or :: is every address
 * @param port 1 to 65535; 0 is any free port
 * @param allowedOrigins web origins that may call from a browser (CORS); {@code *} is all
 * @param iceServers STUN and TURN servers that WHIP and WHEP answers name in Link headers
 */
public record HttpConfig(
        String listen, int port, List<String> allowedOrigins, List<IceServer> iceServers) {

    public HttpConfig {
        allowedOrigins = List.copyOf(allowedOrigins);
        iceServers = List.copyOf(iceServers);
    }
}
