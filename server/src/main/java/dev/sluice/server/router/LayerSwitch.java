package dev.sluice.server.router;

import dev.sluice.server.session.MediaSource;
import dev.sluice.server.session.SessionSink;
import dev.sluice.video.layer.LayerSelector;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * Which stream of a published track a viewer is on, up to which layers, and how he gets to others:
 * a stream is joined at its key frame, and until then the one before goes on.
 */
final class LayerSwitch {

    /** More than a session has, see {@code StreamTable}. */
    private static final int MAX_STREAMS = 64;

    private final LayerTarget target = new LayerTarget();
    private final LayerSelector selector = new LayerSelector();

    private @Nullable PublishedTrack track;

    /** The stream whose packets the viewer gets; null before the first, and while paused. */
    private @Nullable PublishedStream source;

    /** How many tracks were followed; packets of an earlier one cannot be sent again. */
    private int followed;

    /** Begins anew with another track, or with none. */
    void follow(@Nullable PublishedTrack published) {
        track = published;
        followed++;
        source = null;
        target.best();
    }

    /** What is followed; null while nobody publishes. */
    @Nullable PublishedTrack track() {
        return track;
    }

    /** The stream that is forwarded; null before its first key frame, and while paused. */
    @Nullable MediaSource source() {
        return source == null ? null : source.incoming();
    }

    /** Whether the viewer is given packets of the stream. */
    boolean isOn(PublishedStream stream) {
        return source == stream;
    }

    /** The stream that the viewer is to be on now; null for none. */
    @Nullable PublishedStream wanted(long nowNanos) {
        return track == null ? null : target.stream(track, nowNanos);
    }

    /**
     * The layers that the viewer can be given now, from the lowest to the highest; empty where the
     * publisher sends nothing.
     */
    List<TrackLayer> available(long nowNanos) {
        return track == null ? List.of() : track.ladder().worthwhile(nowNanos);
    }

    /** Whether the viewer gets the only layer that there is and will be. */
    boolean hasNoChoice(long nowNanos) {
        return source != null && track != null && track.hasOneLayer(nowNanos);
    }

    /** Whether the viewer has been given a layer, or none for want of room. */
    boolean isChosen() {
        return target.isChosen();
    }

    /** Whether the viewer gets nothing because there is no room for it. */
    boolean isPaused() {
        return target.isNothing();
    }

    /** Whether the viewer gets nothing because no key frame to begin with has come yet. */
    boolean isAwaited() {
        return source == null && !target.isNothing();
    }

    /** A number for the stream that none has of a track before or after; 0 or more. */
    int sourceId(PublishedStream stream) {
        return followed * MAX_STREAMS + stream.id();
    }

    /** The stream behind a source's number, if it is of the track that is followed now. */
    @Nullable PublishedStream stream(int sourceId) {
        return track != null && sourceId / MAX_STREAMS == followed
                ? track.stream(sourceId % MAX_STREAMS)
                : null;
    }

    /** Turns to the stream of a packet that starts a key frame. */
    void join(MediaPacket media) {
        PublishedStream stream = media.stream();
        source = stream;
        selector.target(target.spatialId(stream), target.temporalId(stream));
        selector.begin(media.layers(), media.extendedSequence(), media.packet().timestamp());
    }

    /** Whether a packet of the stream that the viewer is on is of the layers that he gets. */
    boolean admits(MediaPacket media) {
        return selector.admits(
                media.layers(), media.extendedSequence(), media.packet().timestamp());
    }

    /** What has decided about the last packet. */
    LayerSelector selector() {
        return selector;
    }

    /**
     * Which of the layers the viewer gets now.
     *
     * @return its place among {@code layers}, or {@link TrackClaim#PAUSED} when he gets none
     */
    int current(List<TrackLayer> layers) {
        if (source == null || layers.isEmpty()) {
            return TrackClaim.PAUSED;
        }
        int current = 0;
        for (int i = 0; i < layers.size(); i++) {
            current = isGot(layers.get(i)) ? i : current;
        }
        return current;
    }

    private boolean isGot(TrackLayer layer) {
        return isOn(layer.stream())
                && layer.spatialId() <= selector.spatialId()
                && layer.temporalId() <= selector.temporalId();
    }

    /** Whether the viewer gets the layer or is to get it. */
    boolean needs(TrackLayer layer, long nowNanos) {
        PublishedStream stream = layer.stream();
        boolean isWanted =
                wanted(nowNanos) == stream
                        && layer.spatialId() <= target.spatialId(stream)
                        && layer.temporalId() <= target.temporalId(stream);
        return isWanted || isGot(layer);
    }

    /** Another encoding is to come, and what comes until then is too much: it ends now. */
    void holdBack(TrackLayer layer) {
        if (source != null && layer.stream() != source) {
            source = null;
        }
    }

    /** Gives the viewer a layer as soon as that is possible, or nothing for null. */
    void target(@Nullable TrackLayer layer, long nowNanos, SessionSink out) {
        if (layer == null) {
            target.nothing();
            source = null;
        } else {
            target.layer(layer);
        }
        aim(wanted(nowNanos), nowNanos, out);
    }

    /**
     * Sets the layers of the stream that the viewer is on, and asks for the key frame to change.
     *
     * @param wanted as of {@link #wanted}
     */
    void aim(@Nullable PublishedStream wanted, long nowNanos, SessionSink out) {
        PublishedTrack from = track;
        if (from == null || wanted == null) {
            return;
        }
        if (wanted == source) {
            selector.target(target.spatialId(wanted), target.temporalId(wanted));
        } else if (source != null && from.order().rank(wanted) < from.order().rank(source)) {
            // On the way down the least of the old stream, until the new one can be joined.
            selector.target(0, 0);
        }
        if (needsKeyFrame(wanted, nowNanos) && !wanted.keyFrames().waiting()) {
            from.requestKeyFrame(wanted, nowNanos, out);
        }
    }

    /** A stream is joined at a key frame, and a spatial layer that is sent mostly so, too. */
    private boolean needsKeyFrame(PublishedStream wanted, long nowNanos) {
        if (wanted != source) {
            return true;
        }
        int next = selector.spatialId() + 1;
        return next <= target.spatialId(wanted)
                && next < wanted.rates().spatialLayers()
                && wanted.rates().isAlive(next, 0, nowNanos);
    }

    /** The viewer cannot go on, or begins. */
    void requestKeyFrame(long nowNanos, SessionSink out) {
        PublishedTrack from = track;
        PublishedStream stream = source == null ? wanted(nowNanos) : source;
        if (from != null && stream != null) {
            from.requestKeyFrame(stream, nowNanos, out);
        }
    }
}
