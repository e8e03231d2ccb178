package dev.sluice.media.sdp;

import org.jspecify.annotations.Nullable;

import java.util.Optional;

/**
 * Where RTCP goes that is not muxed (RFC 3605 section 2.1).
 *
 * @param port 0 to 65535
 * @param connection absent where the address is that of the media section
 */
public record RtcpAddress(int port, Optional<Connection> connection) {

    static @Nullable RtcpAddress read(String value) {
        String[] words = value.trim().split(" +", 2);
        int port = Numbers.parse(words[0], 65535);
        Connection connection = words.length < 2 ? null : Connection.read(words[1]);
        return port < 0 || (words.length == 2 && connection == null)
                ? null
                : new RtcpAddress(port, Optional.ofNullable(connection));
    }

    @Override
    public String toString() {
        return connection.map(address -> port + " " + address).orElse(Integer.toString(port));
    }
}
