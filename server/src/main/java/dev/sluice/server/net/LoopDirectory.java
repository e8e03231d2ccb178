package dev.sluice.server.net;

import dev.sluice.server.router.SessionDirectory;
import dev.sluice.server.router.SessionName;
import dev.sluice.server.router.SessionStats;
import dev.sluice.server.router.SessionSummary;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Asks the loops that own the sessions about them. */
public final class LoopDirectory implements SessionDirectory {

    private final LoopGroup loops;
    private final SessionCalls calls;

    public LoopDirectory(LoopGroup loops) {
        this.loops = loops;
        this.calls = new SessionCalls(loops);
    }

    @Override
    public List<SessionSummary> list() {
        List<SessionSummary> all = new ArrayList<>();
        for (EngineLoop loop : loops.loops()) {
            all.addAll(loop.call((engine, now, out) -> engine.reports().list(now)));
        }
        all.sort(Comparator.comparingLong(SessionSummary::ageNanos).reversed());
        return all;
    }

    @Override
    public Optional<SessionStats> stats(String publicId) {
        return loops.loops().stream()
                .map(loop -> loop.call((engine, now, out) -> engine.reports().stats(publicId, now)))
                .flatMap(Optional::stream)
                .findFirst();
    }

    @Override
    public Optional<SessionStats> stats(SessionName session) {
        return calls.ofSession(session, (engine, now, out) -> engine.reports().stats(session, now));
    }
}
