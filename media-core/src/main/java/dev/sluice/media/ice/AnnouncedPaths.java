package dev.sluice.media.ice;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The paths that the sink has been told of as valid and not yet as gone. */
final class AnnouncedPaths {

    private final Set<NetworkPath> announced = new LinkedHashSet<>();

    boolean contains(NetworkPath path) {
        return announced.contains(path);
    }

    /** Tells of paths that have become known and of those that are gone. */
    void announce(Collection<NetworkPath> known, IceSink out) {
        for (NetworkPath path : List.copyOf(announced)) {
            if (!known.contains(path)) {
                announced.remove(path);
                out.onPathRetired(path);
            }
        }
        for (NetworkPath path : known) {
            if (announced.add(path)) {
                out.onPathValidated(path);
            }
        }
    }
}
