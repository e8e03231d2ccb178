package dev.sluice.server.signal;

import dev.sluice.media.sdp.IceFragment;
import dev.sluice.media.sdp.SessionDescription;
import dev.sluice.server.router.LayerOutcome;
import dev.sluice.server.router.LayerState;
import dev.sluice.server.router.LayerWish;
import dev.sluice.server.router.MediaSessions;
import dev.sluice.server.router.OfferOutcome;
import dev.sluice.server.router.PatchOutcome;
import dev.sluice.server.router.SessionName;
import dev.sluice.server.router.TrackLayers;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/** Media sessions that note what they are asked and answer as set. */
final class ScriptedSessions implements MediaSessions {

    static final String ANSWER = "v=0\r\no=- 2 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n";

    final List<String> calls = new CopyOnWriteArrayList<>();

    /** Null is a defect. */
    volatile @Nullable OfferOutcome offerOutcome =
            new OfferOutcome.Accepted("s3cret", "gen1", ANSWER);

    volatile PatchOutcome patchOutcome = new PatchOutcome.Trickled();
    volatile String currentEtag = "gen1";
    volatile boolean isKnown = true;

    /** What is wanted of the layers. */
    volatile LayerWish wish = LayerWish.AUTOMATIC;

    /** Null is the layers that there are. */
    volatile LayerOutcome.@Nullable Refused layerRefusal;

    private static final List<LayerState> LAYERS =
            List.of(
                    new LayerState("l", 0, 0, 0, true, false, 90_000, 320, 180),
                    new LayerState("l", 0, 0, 1, true, true, 150_000, 320, 180),
                    new LayerState("h", 1, LayerWish.ANY, LayerWish.ANY, false, false, 0, 0, 0));

    @Override
    public OfferOutcome publish(String stream, SessionDescription offer) {
        calls.add("publish " + stream);
        return Objects.requireNonNull(offerOutcome);
    }

    @Override
    public OfferOutcome watch(String stream, SessionDescription offer, LayerWish wish) {
        this.wish = wish;
        calls.add("watch " + stream);
        return Objects.requireNonNull(offerOutcome);
    }

    @Override
    public PatchOutcome patch(SessionName session, @Nullable String ifMatch, IceFragment fragment) {
        calls.add("patch " + session.id() + " " + ifMatch + " " + fragment.ufrag());
        if (ifMatch != null && !ifMatch.equals(currentEtag)) {
            return new PatchOutcome.Refused(PatchOutcome.Reason.STALE_ETAG, "an earlier one");
        }
        return patchOutcome;
    }

    @Override
    public LayerOutcome layers(SessionName session) {
        calls.add("layers " + session.role() + " " + session.stream() + " " + session.id());
        LayerOutcome refusal = layerRefusal;
        return refusal != null
                ? refusal
                : new LayerOutcome.Layers(List.of(new TrackLayers("1", wish, LAYERS)));
    }

    @Override
    public LayerOutcome wish(
            SessionName session, @Nullable String mediaId, UnaryOperator<LayerWish> change) {
        calls.add("wish " + mediaId);
        wish = change.apply(wish);
        return layers(session);
    }

    @Override
    public LayerOutcome forgetWishes(SessionName session) {
        calls.add("forget");
        wish = LayerWish.AUTOMATIC;
        return layers(session);
    }

    @Override
    public boolean end(SessionName session) {
        calls.add("end " + session.role() + " " + session.stream() + " " + session.id());
        return isKnown;
    }
}
