package dev.sluice.server.config;

import java.util.List;

/**
 * The control API.
 *
 * @param access from where it may be used
 * @param tokens secrets, one of which every request has to bring; empty demands none
 */
public record ControlConfig(ControlAccess access, List<String> tokens) {

    public ControlConfig {
        tokens = List.copyOf(tokens);
    }

    /** Counts the tokens instead of naming them. */
    @Override
    public String toString() {
        return "ControlConfig[access=%s, tokens=%d]".formatted(access, tokens.size());
    }
}
