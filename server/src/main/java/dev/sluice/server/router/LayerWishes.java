package dev.sluice.server.router;

import dev.sluice.media.rtp.MediaKind;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Takes what viewers want of layers, and tells what layers there are. */
public final class LayerWishes {

    private final SessionTable sessions;

    LayerWishes(SessionTable sessions) {
        this.sessions = sessions;
    }

    /** The layers of a viewer's video tracks. */
    public LayerOutcome layers(SessionName name, long nowNanos) {
        Subscriber viewer = viewer(name);
        return viewer == null ? unknownSession() : layers(viewer, nowNanos);
    }

    /**
     * Changes a wish.
     *
     * @param mediaId the mid of a video section, or its index in the offer; null for the first
     * @param change makes the new wish of the old one
     */
    public LayerOutcome wish(
            SessionName name,
            @Nullable String mediaId,
            UnaryOperator<LayerWish> change,
            long nowNanos) {
        Subscriber viewer = viewer(name);
        if (viewer == null) {
            return unknownSession();
        }
        List<SubscribedTrack> tracks = videoTracks(viewer);
        SubscribedTrack track = find(tracks, mediaId);
        if (track == null) {
            return new LayerOutcome.Refused(
                    LayerOutcome.Reason.UNKNOWN_MEDIA, unknownMedia(tracks, mediaId));
        }
        LayerWish wish = change.apply(track.wish());
        String refusal = refusal(track, wish, nowNanos);
        if (refusal != null) {
            return new LayerOutcome.Refused(LayerOutcome.Reason.UNKNOWN_LAYER, refusal);
        }
        track.wish(wish);
        return layers(viewer, nowNanos);
    }

    /** Leaves all choices to us again. */
    public LayerOutcome forget(SessionName name, long nowNanos) {
        Subscriber viewer = viewer(name);
        if (viewer == null) {
            return unknownSession();
        }
        viewer.tracks().forEach(track -> track.wish(LayerWish.AUTOMATIC));
        return layers(viewer, nowNanos);
    }

    private @Nullable Subscriber viewer(SessionName name) {
        return sessions.of(name) instanceof Subscriber viewer ? viewer : null;
    }

    private static LayerOutcome layers(Subscriber viewer, long nowNanos) {
        List<TrackLayers> layers = new ArrayList<>();
        for (SubscribedTrack track : videoTracks(viewer)) {
            layers.add(new TrackLayers(track.media().mid(), track.wish(), states(track, nowNanos)));
        }
        return new LayerOutcome.Layers(layers);
    }

    private static List<LayerState> states(SubscribedTrack track, long nowNanos) {
        PublishedTrack published = track.track();
        if (published == null) {
            return List.of();
        }
        List<String> rids = published.media().rids();
        List<TrackLayer> layers = published.ladder().all(nowNanos);
        int current = track.layers().current(layers);
        List<LayerState> states = new ArrayList<>();
        for (TrackLayer layer : layers) {
            states.add(state(layer, rids, layer.index() == current));
        }
        for (String rid : rids) {
            if (states.stream().noneMatch(state -> state.encodingId().equals(rid))) {
                states.add(silent(rid, rids.indexOf(rid)));
            }
        }
        return states;
    }

    private static LayerState state(TrackLayer layer, List<String> rids, boolean isForwarded) {
        String rid = layer.stream().incoming().rid();
        return new LayerState(
                rid,
                Math.max(0, rids.indexOf(rid)),
                layer.spatialId(),
                layer.temporalId(),
                layer.alive(),
                isForwarded,
                layer.bps(),
                layer.width(),
                layer.height());
    }

    /** An encoding that was offered and of which nothing has come. */
    private static LayerState silent(String rid, int index) {
        return new LayerState(rid, index, LayerWish.ANY, LayerWish.ANY, false, false, 0, 0, 0);
    }

    private static List<SubscribedTrack> videoTracks(Subscriber viewer) {
        return viewer.tracks().stream().filter(track -> track.kind() == MediaKind.VIDEO).toList();
    }

    private static @Nullable SubscribedTrack find(
            List<SubscribedTrack> tracks, @Nullable String mediaId) {
        for (SubscribedTrack track : tracks) {
            if (mediaId == null || mediaId.equals(track.media().mid())) {
                return track;
            }
        }
        for (SubscribedTrack track : tracks) {
            if (Integer.toString(track.media().index()).equals(mediaId)) {
                return track;
            }
        }
        return null;
    }

    private static String unknownMedia(List<SubscribedTrack> tracks, @Nullable String mediaId) {
        if (tracks.isEmpty()) {
            return "This session has no video.";
        }
        List<String> mids = tracks.stream().map(track -> track.media().mid()).toList();
        return "No video section has the mediaId %s; there is: %s."
                .formatted(mediaId, String.join(", ", mids));
    }

    /** Why a wish cannot be; null where it can, or where nobody publishes who could tell. */
    private static @Nullable String refusal(SubscribedTrack track, LayerWish wish, long nowNanos) {
        List<LayerState> layers = states(track, nowNanos);
        List<String> ids = layers.stream().map(LayerState::encodingId).distinct().toList();
        if (wish.encodingId().isEmpty() || layers.isEmpty() || ids.contains(wish.encodingId())) {
            return null;
        }
        List<String> named = ids.stream().filter(id -> !id.isEmpty()).toList();
        return named.isEmpty()
                ? "The stream has one encoding only, and it has no encodingId."
                : "There is no encodingId %s; there are: %s."
                        .formatted(wish.encodingId(), String.join(", ", named));
    }

    private static LayerOutcome unknownSession() {
        return new LayerOutcome.Refused(
                LayerOutcome.Reason.UNKNOWN_SESSION, "It may have ended already.");
    }
}
