package dev.sluice.server.router;

import dev.sluice.media.sdp.SessionDescription;

import java.util.function.Supplier;

/** Lets peers in who offer to publish or to watch, or says why not. */
final class Admission {

    private final MediaEngine engine;
    private final EngineSettings settings;
    private final LoopPlace place;
    private final SessionFactory factory;

    Admission(
            MediaEngine engine, EngineSettings settings, LoopPlace place, SessionFactory factory) {
        this.engine = engine;
        this.settings = settings;
        this.place = place;
        this.factory = factory;
    }

    /** Begins to publish a stream, whose name is claimed on all loops. */
    OfferOutcome publish(String stream, SessionDescription offer, long nowNanos) {
        if (!place.whereabouts().claimStream(stream, place.loop())) {
            return refused(OfferOutcome.Reason.STREAM_TAKEN, "Somebody publishes '" + stream + "'");
        }
        boolean isAccepted = false;
        try {
            OfferOutcome outcome =
                    admit(
                            () ->
                                    factory.publisher(
                                            engine.rooms().findOrMake(stream), offer, nowNanos));
            isAccepted = outcome instanceof OfferOutcome.Accepted;
            return outcome;
        } finally {
            if (!isAccepted) {
                place.whereabouts().releaseStream(stream);
            }
        }
    }

    /** Begins to watch a stream with a wish for the layers of each video track. */
    OfferOutcome watch(String stream, SessionDescription offer, LayerWish wish, long nowNanos) {
        Room room = engine.rooms().find(stream);
        if (!settings.waitForPublisher() && (room == null || room.tracks() == null)) {
            return refused(
                    OfferOutcome.Reason.NOBODY_PUBLISHES, "Nobody publishes '" + stream + "'");
        }
        return admit(
                () ->
                        wishing(
                                factory.subscriber(
                                        engine.rooms().findOrMake(stream), offer, nowNanos),
                                wish));
    }

    private static SessionFactory.Created wishing(SessionFactory.Created created, LayerWish wish) {
        if (created instanceof SessionFactory.Created.Made(Subscriber viewer, String _)) {
            viewer.tracks().forEach(track -> track.wish(wish));
        }
        return created;
    }

    private OfferOutcome admit(Supplier<SessionFactory.Created> attempt) {
        if (engine.departures().isClosing()) {
            return refused(OfferOutcome.Reason.SHUTTING_DOWN, "The server is shutting down");
        }
        if (!place.whereabouts().tryAdmit(settings.maxSessions())) {
            return refused(
                    OfferOutcome.Reason.SERVER_FULL,
                    "All " + settings.maxSessions() + " sessions are taken");
        }
        return switch (make(attempt)) {
            case SessionFactory.Created.Refused(String why) ->
                    refused(OfferOutcome.Reason.UNACCEPTABLE_OFFER, why);
            case SessionFactory.Created.Made(Peer peer, String answerSdp) -> join(peer, answerSdp);
        };
    }

    /** The place of a session that is not made is free again, by a defect, too. */
    private SessionFactory.Created make(Supplier<SessionFactory.Created> attempt) {
        boolean isMade = false;
        try {
            SessionFactory.Created created = attempt.get();
            isMade = created instanceof SessionFactory.Created.Made;
            return created;
        } finally {
            if (!isMade) {
                place.whereabouts().discharge();
            }
        }
    }

    private OfferOutcome join(Peer peer, String answerSdp) {
        engine.rooms().enter(peer);
        engine.sink().event(SessionEvent.Kind.CREATED, peer, "");
        return new OfferOutcome.Accepted(
                peer.session().id(), peer.session().localUfrag(), answerSdp);
    }

    private static OfferOutcome refused(OfferOutcome.Reason reason, String detail) {
        return new OfferOutcome.Refused(reason, detail);
    }
}
