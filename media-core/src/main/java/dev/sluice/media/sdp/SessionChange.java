package dev.sluice.media.sdp;

import java.util.List;

/**
 * How a session differs from what it was; each list is of mids in the order of the sections.
 *
 * @param added sections that were not, or come back
 * @param removed sections that are over
 * @param redirected sections whose direction is another
 * @param restarted sections whose ICE restarts: user name fragment or password is another (RFC 8839
 *     section 4.4.1.1.1)
 */
public record SessionChange(
        List<String> added, List<String> removed, List<String> redirected, List<String> restarted) {

    public SessionChange {
        added = List.copyOf(added);
        removed = List.copyOf(removed);
        redirected = List.copyOf(redirected);
        restarted = List.copyOf(restarted);
    }

    public boolean isEmpty() {
        return added.isEmpty() && removed.isEmpty() && redirected.isEmpty() && restarted.isEmpty();
    }
}
