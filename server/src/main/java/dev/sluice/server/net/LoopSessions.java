package dev.sluice.server.net;

import dev.sluice.media.sdp.IceFragment;
import dev.sluice.media.sdp.SessionDescription;
import dev.sluice.server.router.LayerOutcome;
import dev.sluice.server.router.LayerWish;
import dev.sluice.server.router.MediaSessions;
import dev.sluice.server.router.OfferOutcome;
import dev.sluice.server.router.PatchOutcome;
import dev.sluice.server.router.SessionName;

import org.jspecify.annotations.Nullable;

import java.util.function.UnaryOperator;

/** Brings signalling's requests to the loops that own the sessions. */
public final class LoopSessions implements MediaSessions {

    private final LoopGroup loops;
    private final SessionCalls calls;

    public LoopSessions(LoopGroup loops) {
        this.loops = loops;
        this.calls = new SessionCalls(loops);
    }

    @Override
    public OfferOutcome publish(String stream, SessionDescription offer) {
        return loops.loop(loops.nextLoop())
                .call((engine, now, out) -> engine.publish(stream, offer, now, out));
    }

    /** Made where the publisher is, whose formats the answer names. */
    @Override
    public OfferOutcome watch(String stream, SessionDescription offer, LayerWish wish) {
        return calls.ofStream(
                stream,
                (engine, now, out) -> engine.watch(stream, offer, wish, now, out),
                outcome ->
                        outcome instanceof OfferOutcome.Refused refused
                                && refused.reason() == OfferOutcome.Reason.NOBODY_PUBLISHES);
    }

    @Override
    public PatchOutcome patch(SessionName session, @Nullable String ifMatch, IceFragment fragment) {
        return calls.ofSession(
                session,
                (engine, now, out) ->
                        engine.serves(session)
                                ? engine.patch(session.id(), ifMatch, fragment, now, out)
                                : unknown());
    }

    @Override
    public LayerOutcome layers(SessionName session) {
        return calls.ofSession(session, (engine, now, out) -> engine.wishes().layers(session, now));
    }

    @Override
    public LayerOutcome wish(
            SessionName session, @Nullable String mediaId, UnaryOperator<LayerWish> change) {
        return calls.ofSession(
                session, (engine, now, out) -> engine.wishes().wish(session, mediaId, change, now));
    }

    @Override
    public LayerOutcome forgetWishes(SessionName session) {
        return calls.ofSession(session, (engine, now, out) -> engine.wishes().forget(session, now));
    }

    @Override
    public boolean end(SessionName session) {
        return calls.ofSession(
                session,
                (engine, now, out) -> engine.serves(session) && engine.end(session.id(), now, out));
    }

    private static PatchOutcome unknown() {
        return new PatchOutcome.Refused(
                PatchOutcome.Reason.UNKNOWN_SESSION, "There is no such session");
    }
}
