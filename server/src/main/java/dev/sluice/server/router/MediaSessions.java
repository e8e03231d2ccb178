package dev.sluice.server.router;

import dev.sluice.media.sdp.IceFragment;
import dev.sluice.media.sdp.SessionDescription;

import org.jspecify.annotations.Nullable;

import java.util.function.UnaryOperator;

/** What signalling asks of the media side; safe for any thread, blocks until answered. */
public interface MediaSessions {

    /** Begins to publish a stream. */
    OfferOutcome publish(String stream, SessionDescription offer);

    /**
     * Begins to watch a stream.
     *
     * @param wish what is wanted of the layers of each video track
     */
    OfferOutcome watch(String stream, SessionDescription offer, LayerWish wish);

    /**
     * Takes trickled candidates or an ICE restart.
     *
     * @param ifMatch the entity tag that the client knows, quoted or not; null or {@code *} for any
     */
    PatchOutcome patch(SessionName session, @Nullable String ifMatch, IceFragment fragment);

    /** The layers that a viewer can get. */
    LayerOutcome layers(SessionName session);

    /** Changes what a viewer wants of layers; see {@link LayerWishes#wish}. */
    LayerOutcome wish(
            SessionName session, @Nullable String mediaId, UnaryOperator<LayerWish> change);

    /** Leaves the choice of layers to us again. */
    LayerOutcome forgetWishes(SessionName session);

    /** Ends a session; false when there is none. */
    boolean end(SessionName session);
}
