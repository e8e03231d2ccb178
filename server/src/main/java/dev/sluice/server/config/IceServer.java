package dev.sluice.server.config;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * A STUN or TURN server that clients are told of.
 *
 * @param urls URIs of RFC 7064 (stun, stuns) and RFC 7065 (turn, turns)
 * @param username present when one of the URIs is of TURN
 * @param credential a secret, present when one of the URIs is of TURN
 */
public record IceServer(List<String> urls, @Nullable String username, @Nullable String credential) {

    public IceServer {
        urls = List.copyOf(urls);
    }

    /** Leaves the credential out. */
    @Override
    public String toString() {
        return "IceServer[urls=" + urls + ", username=" + username + "]";
    }
}
