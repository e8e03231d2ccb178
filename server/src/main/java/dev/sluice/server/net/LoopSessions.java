package dev.sluice.server.net;

import dev.sluice.media.sdp.IceFragment;
import dev.sluice.media.sdp.SessionDescription;
import dev.sluice.server.router.MediaSessions;
import dev.sluice.server.router.OfferOutcome;
import dev.sluice.server.router.PatchOutcome;

import org.jspecify.annotations.Nullable;

/** Brings signalling's requests to the loop that owns the sessions. */
public final class LoopSessions implements MediaSessions {

    private final EngineLoop loop;

    public LoopSessions(EngineLoop loop) {
        this.loop = loop;
    }

    @Override
    public OfferOutcome publish(String stream, SessionDescription offer) {
        return loop.call((engine, now, out) -> engine.publish(stream, offer, now, out));
    }

    @Override
    public OfferOutcome watch(String stream, SessionDescription offer) {
        return loop.call((engine, now, out) -> engine.watch(stream, offer, now, out));
    }

    @Override
    public PatchOutcome patch(String sessionId, @Nullable String ifMatch, IceFragment fragment) {
        return loop.call(
                (engine, now, out) -> engine.patch(sessionId, ifMatch, fragment, now, out));
    }

    @Override
    public boolean end(String sessionId) {
        return loop.call((engine, now, out) -> engine.end(sessionId, now, out));
    }
}
