package dev.sluice.server.config;

import java.util.List;

/**
 * Who may publish and watch.
 *
 * @param open who may publish without a token
 * @param publishTokens secrets, each of which allows publishing
 * @param watchTokens secrets, each of which allows watching; empty lets everybody watch
 */
public record AuthConfig(OpenAccess open, List<String> publishTokens, List<String> watchTokens) {

    public AuthConfig {
        publishTokens = List.copyOf(publishTokens);
        watchTokens = List.copyOf(watchTokens);
    }

    /** Counts the tokens instead of naming them. */
    @Override
    public String toString() {
        return "AuthConfig[open=%s, publishTokens=%d, watchTokens=%d]"
                .formatted(open, publishTokens.size(), watchTokens.size());
    }
}
