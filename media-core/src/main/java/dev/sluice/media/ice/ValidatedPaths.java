package dev.sluice.media.ice;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/** The validated paths of one agent, and which of them is selected. */
final class ValidatedPaths {

    /**
     * Each address of the peer times each of ours is more than enough; a peer cannot grow it
     * further.
     */
    static final int MAX_PATHS = 16;

    /**
     * A full agent renews consent every 5 s on the pair it uses (RFC 7675, section 5.1). Two of
     * those missed while another nominated path is alive: the peer uses that one.
     */
    static final long SELECTED_SILENT_NANOS = 10_000_000_000L;

    private final List<ValidatedPath> paths = new ArrayList<>();
    private @Nullable ValidatedPath selected;

    @Nullable NetworkPath selected() {
        return selected == null ? null : selected.path();
    }

    boolean isEmpty() {
        return paths.isEmpty();
    }

    boolean contains(NetworkPath path) {
        return find(path) != null;
    }

    /**
     * Takes note of an authenticated check; the least recently heard path makes room for a new one.
     */
    void onCheck(
            NetworkPath path,
            IceGeneration generation,
            boolean nominates,
            long nowNanos,
            IceSink out) {
        ValidatedPath validated = find(path);
        if (validated == null) {
            validated = add(path, generation, out);
        }
        validated.onCheck(generation, nominates, nowNanos);
        if (nominates || replacesSilentSelection(validated, nowNanos)) {
            select(validated, out);
        }
    }

    /** Takes note of authenticated media; false when the path is none of these. */
    boolean onMedia(NetworkPath path, long nowNanos) {
        ValidatedPath validated = find(path);
        if (validated != null) {
            validated.onMedia(nowNanos);
        }
        return validated != null;
    }

    private ValidatedPath add(NetworkPath path, IceGeneration generation, IceSink out) {
        if (paths.size() == MAX_PATHS) {
            retire(leastRecentlyHeard(), out);
        }
        var added = new ValidatedPath(path, generation);
        paths.add(added);
        out.onPathValidated(path);
        return added;
    }

    private ValidatedPath leastRecentlyHeard() {
        ValidatedPath oldest = paths.getFirst() == selected ? paths.get(1) : paths.getFirst();
        for (ValidatedPath candidate : paths) {
            if (candidate != selected && candidate.lastHeardNanos() - oldest.lastHeardNanos() < 0) {
                oldest = candidate;
            }
        }
        return oldest;
    }

    private boolean replacesSilentSelection(ValidatedPath checked, long nowNanos) {
        return selected != null
                && checked.isNominated()
                && nowNanos - selected.lastHeardNanos() >= SELECTED_SILENT_NANOS;
    }

    private void select(ValidatedPath chosen, IceSink out) {
        if (selected != chosen) {
            selected = chosen;
            out.onPathSelected(chosen.path());
        }
    }

    /**
     * Drops what was validated under an older generation only; the selected path is of the given
     * one.
     */
    void retireOtherThan(IceGeneration generation, IceSink out) {
        for (ValidatedPath path : List.copyOf(paths)) {
            if (!path.isOf(generation)) {
                retire(path, out);
            }
        }
    }

    boolean isHeardSince(NetworkPath path, long sinceNanos) {
        ValidatedPath validated = find(path);
        return validated != null && validated.lastHeardNanos() - sinceNanos > 0;
    }

    /** The path is no more; of the other nominated ones the latest heard takes its place. */
    void close(NetworkPath path, IceSink out) {
        ValidatedPath closed = find(path);
        if (closed == null) {
            return;
        }
        retire(closed, out);
        if (selected == closed) {
            selected = null;
            ValidatedPath next = lastNominated();
            if (next != null) {
                select(next, out);
            }
        }
    }

    private @Nullable ValidatedPath lastNominated() {
        ValidatedPath last = null;
        for (ValidatedPath path : paths) {
            if (path.isNominated()
                    && (last == null || path.lastHeardNanos() - last.lastHeardNanos() > 0)) {
                last = path;
            }
        }
        return last;
    }

    void retireAll(IceSink out) {
        List.copyOf(paths).forEach(path -> retire(path, out));
        selected = null;
    }

    private void retire(ValidatedPath path, IceSink out) {
        paths.remove(path);
        out.onPathRetired(path.path());
    }

    /** Done for each datagram: without an iterator, which is an object. */
    private @Nullable ValidatedPath find(NetworkPath path) {
        for (int i = 0; i < paths.size(); i++) {
            ValidatedPath candidate = paths.get(i);
            if (candidate.path().equals(path)) {
                return candidate;
            }
        }
        return null;
    }
}
