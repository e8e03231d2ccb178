package dev.sluice.server.router;

import dev.sluice.media.sdp.IceFragment;
import dev.sluice.media.sdp.SessionDescription;

import org.jspecify.annotations.Nullable;

/** What signalling asks of the media side; safe for any thread, blocks until answered. */
public interface MediaSessions {

    /** Begins to publish a stream. */
    OfferOutcome publish(String stream, SessionDescription offer);

    /** Begins to watch a stream. */
    OfferOutcome watch(String stream, SessionDescription offer);

    /**
     * Takes trickled candidates or an ICE restart.
     *
     * @param ifMatch the entity tag that the client knows, quoted or not; null or {@code *} for any
     */
    PatchOutcome patch(SessionName session, @Nullable String ifMatch, IceFragment fragment);

    /** Ends a session; false when there is none. */
    boolean end(SessionName session);
}
