package dev.sluice.srtp.store;

import java.nio.file.Path;
import java.util.List;

/**
 * The sessions of a store.
 *
 * @param sessionIds in alphabetical order
 * @param damaged the newest key files of sessions that cannot be read; so their ids are unknown
 */
public record SessionListing(List<String> sessionIds, List<Path> damaged) {

    public SessionListing {
        sessionIds = List.copyOf(sessionIds);
        damaged = List.copyOf(damaged);
    }
}
