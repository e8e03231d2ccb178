package dev.sluice.server.router;

import dev.sluice.media.rtp.HeaderExtension;
import dev.sluice.media.rtp.HeaderExtensionMap;
import dev.sluice.media.rtp.MediaKind;
import dev.sluice.media.rtp.RtpPacket;
import dev.sluice.media.rtp.SpatialLayer;
import dev.sluice.media.rtp.VideoLayersAllocation;
import dev.sluice.media.sdp.NegotiatedCodec;
import dev.sluice.media.sdp.NegotiatedMedia;
import dev.sluice.media.time.Deadline;
import dev.sluice.server.session.MediaSource;
import dev.sluice.server.session.SessionSink;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** One media section of a publisher: its streams and layers, who watches, and its key frames. */
final class PublishedTrack {

    /** Longer than a picture of each stream takes to come. */
    private static final long BEGINNING_NANOS = 500_000_000L;

    private final NegotiatedMedia media;
    private final PictureRequests requests;
    private final StreamOrder order = new StreamOrder();
    private final LayerLadder ladder = new LayerLadder(order);
    private final List<SubscribedTrack> viewers = new ArrayList<>();
    private final int allocationId;
    private int lastPayloadType = -1;
    private boolean isMirrored;
    private long beganNanos = Deadline.NEVER;

    /** Of each stream by its place in the publisher's allocation; null where it is not known. */
    private final @Nullable PublishedStream[] allocated =
            new PublishedStream[VideoLayersAllocation.MAX_STREAMS];

    PublishedTrack(NegotiatedMedia media, PictureRequests requests) {
        this.media = media;
        this.requests = requests;
        this.allocationId = media.extensions().id(HeaderExtension.VIDEO_LAYERS_ALLOCATION);
    }

    NegotiatedMedia media() {
        return media;
    }

    /** The formats of the media section; the one in use first. */
    List<NegotiatedCodec> formats() {
        return media.codecs().stream()
                .sorted(Comparator.comparing(codec -> codec.payloadType() != lastPayloadType))
                .toList();
    }

    boolean isVideo() {
        return media.kind() == MediaKind.VIDEO;
    }

    /** Its streams, from the lowest quality to the highest. */
    StreamOrder order() {
        return order;
    }

    /** The stream by its number within the track. */
    PublishedStream stream(int id) {
        return order.streams().get(id);
    }

    PublishedStream stream(MediaSource incoming) {
        return order.of(incoming);
    }

    /**
     * Reads what forwarding needs to know of a new packet, once for all viewers.
     *
     * @param read takes what was read
     */
    void onPacket(
            NegotiatedCodec codec,
            MediaSource incoming,
            RtpPacket packet,
            long extendedSequence,
            long nowNanos,
            MediaPacket read) {
        beganNanos = beganNanos == Deadline.NEVER ? nowNanos : beganNanos;
        lastPayloadType = packet.payloadType();
        PublishedStream stream = stream(incoming);
        stream.read(codec, packet, extendedSequence, read);
        boolean sizeChanged = stream.onPacket(packet, read.layers(), nowNanos);
        sizeChanged |= readAllocation(stream, packet);
        order.onPacket(sizeChanged, nowNanos);
        if (isVideo() && read.startsKeyFrame()) {
            stream.keyFrames().onKeyFrame();
            incoming.onKeyFrame();
        }
    }

    /** Whether viewers go without a new packet, as there is no time for it. */
    boolean spares(MediaPacket packet, boolean isLate, long nowNanos, SessionSink out) {
        PublishedStream stream = packet.stream();
        boolean isSpared = stream.spared().spares(packet, isLate);
        if (isSpared && !isLate && !stream.keyFrames().waiting()) {
            onRepairGivenUp(stream.incoming(), nowNanos, out);
        }
        return isSpared;
    }

    /**
     * Viewers go without a packet in the middle of a picture, and with it without all behind it.
     */
    void breakOff(MediaPacket packet) {
        packet.stream().spared().breakOff(packet);
    }

    /** Whether there may be layers of which nothing has come yet. */
    boolean hasJustBegun(long nowNanos) {
        return beganNanos == Deadline.NEVER || nowNanos - beganNanos < BEGINNING_NANOS;
    }

    /** Whether it has one layer, and no other is to be expected. */
    boolean hasOneLayer(long nowNanos) {
        boolean isSimple = media.rids().isEmpty() && order.streams().size() == 1;
        return isSimple && !hasJustBegun(nowNanos) && order.streams().getFirst().layers() == 1;
    }

    /** Sizes that the publisher tells of all his streams in one of them. */
    private boolean readAllocation(PublishedStream stream, RtpPacket packet) {
        VideoLayersAllocation allocation =
                allocationId == HeaderExtensionMap.ABSENT
                        ? null
                        : VideoLayersAllocation.read(packet, allocationId);
        if (allocation == null) {
            return false;
        }
        allocated[allocation.streamIndex()] = stream;
        boolean changed = false;
        for (SpatialLayer layer : allocation.layers()) {
            PublishedStream told = allocated[layer.streamIndex()];
            changed |=
                    told != null
                            && told.resolution(layer.spatialId(), layer.width(), layer.height());
        }
        return changed;
    }

    /** All layers that were ever seen, and those worth choosing among. */
    LayerLadder ladder() {
        return ladder;
    }

    /**
     * The living layers that no viewer gets or waits for; the publisher could pause them. None
     * while there are mirrors, which do not tell what their viewers get.
     */
    List<TrackLayer> unwatched(long nowNanos) {
        if (isMirrored) {
            return List.of();
        }
        return ladder.all(nowNanos).stream()
                .filter(TrackLayer::alive)
                .filter(
                        layer ->
                                viewers.stream()
                                        .noneMatch(
                                                viewer -> viewer.layers().needs(layer, nowNanos)))
                .toList();
    }

    /** Whether somebody is given packets of the stream. */
    boolean isWatched(MediaSource incoming) {
        PublishedStream stream = stream(incoming);
        return viewers.stream().anyMatch(viewer -> viewer.layers().isOn(stream));
    }

    /** Loss on the publisher's way cannot be repaired: only a key frame helps who watches. */
    void onRepairGivenUp(MediaSource incoming, long nowNanos, SessionSink out) {
        if (isWatched(incoming)) {
            requestKeyFrame(stream(incoming), nowNanos, out);
        }
    }

    /** Whether there are mirrors of it on other loops. */
    void mirrored(boolean isNow) {
        isMirrored = isNow;
    }

    void add(SubscribedTrack viewer) {
        viewers.add(viewer);
    }

    void remove(SubscribedTrack viewer) {
        viewers.remove(viewer);
    }

    /** Asks the publisher for a key frame of a stream; throttled. */
    void requestKeyFrame(PublishedStream stream, long nowNanos, SessionSink out) {
        if (isVideo()) {
            stream.keyFrames().onRequest(nowNanos, ssrc -> requests.requestPicture(ssrc, out));
        }
    }

    /** Takes back what was asked of streams that nobody waits for any more. */
    void nobodyWaits() {
        order.streams().forEach(stream -> stream.keyFrames().cancel());
    }

    void onDeadline(long nowNanos, SessionSink out) {
        for (PublishedStream stream : order.streams()) {
            if (Deadline.isDue(stream.keyFrames().nextDeadlineNanos(), nowNanos)) {
                askAgain(stream, nowNanos, out);
            }
        }
    }

    /** Who stopped to send a stream sends a key frame by himself when he goes on with it. */
    private void askAgain(PublishedStream stream, long nowNanos, SessionSink out) {
        if (order.streams().size() > 1 && !stream.isAlive(nowNanos)) {
            stream.keyFrames().cancel();
        } else {
            stream.keyFrames().onDeadline(nowNanos, ssrc -> requests.requestPicture(ssrc, out));
        }
    }

    long nextDeadlineNanos() {
        long next = Deadline.NEVER;
        for (int i = 0; i < order.streams().size(); i++) {
            next = Math.min(next, order.streams().get(i).keyFrames().nextDeadlineNanos());
        }
        return next;
    }
}
