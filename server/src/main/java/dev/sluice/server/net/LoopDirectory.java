package dev.sluice.server.net;

import dev.sluice.server.router.SessionDirectory;
import dev.sluice.server.router.SessionName;
import dev.sluice.server.router.SessionStats;
import dev.sluice.server.router.SessionSummary;

import java.util.List;
import java.util.Optional;

/** Asks the loop that owns the sessions about them. */
public final class LoopDirectory implements SessionDirectory {

    private final EngineLoop loop;

    public LoopDirectory(EngineLoop loop) {
        this.loop = loop;
    }

    @Override
    public List<SessionSummary> list() {
        return loop.call((engine, now, out) -> engine.reports().list(now));
    }

    @Override
    public Optional<SessionStats> stats(String publicId) {
        return loop.call((engine, now, out) -> engine.reports().stats(publicId, now));
    }

    @Override
    public Optional<SessionStats> stats(SessionName session) {
        return loop.call((engine, now, out) -> engine.reports().stats(session, now));
    }
}
