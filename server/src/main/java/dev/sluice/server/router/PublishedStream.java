package dev.sluice.server.router;

import dev.sluice.media.receive.KeyFrameRequests;
import dev.sluice.media.rtp.HeaderExtension;
import dev.sluice.media.rtp.RtpPacket;
import dev.sluice.media.sdp.NegotiatedCodec;
import dev.sluice.server.session.MediaSource;
import dev.sluice.video.layer.LayerRates;
import dev.sluice.video.layer.LayerReader;
import dev.sluice.video.layer.PacketLayers;

import java.util.ArrayList;
import java.util.List;

/** One SSRC of a published track: a simulcast encoding, or all of it. */
final class PublishedStream {

    private final int id;
    private final MediaSource incoming;
    private final LayerReader reader = new LayerReader();
    private final LayerRates rates = new LayerRates();
    private final KeyFrameRequests keyFrames;
    private final int[] widths = new int[PacketLayers.MAX_SPATIAL_LAYERS];
    private final int[] heights = new int[PacketLayers.MAX_SPATIAL_LAYERS];
    private final int descriptorId;
    private final SparedPictures spared = new SparedPictures();
    private boolean hasPackets;
    private long lastPacketNanos;
    private boolean hasReturned;
    private long returnedNanos;

    /**
     * @param id its number within the track, from 0
     */
    PublishedStream(int id, MediaSource incoming) {
        this.id = id;
        this.incoming = incoming;
        this.keyFrames = new KeyFrameRequests(incoming.ssrc());
        this.descriptorId = incoming.media().extensions().id(HeaderExtension.DEPENDENCY_DESCRIPTOR);
    }

    int id() {
        return id;
    }

    MediaSource incoming() {
        return incoming;
    }

    LayerRates rates() {
        return rates;
    }

    /** How many layers of it were ever seen. */
    int layers() {
        return rates.spatialLayers() * rates.temporalLayers();
    }

    /** What viewers ask of it. */
    KeyFrameRequests keyFrames() {
        return keyFrames;
    }

    /** What viewers go without while there is no time for it. */
    SparedPictures spared() {
        return spared;
    }

    /** Reads a packet, new or kept. */
    void read(NegotiatedCodec codec, RtpPacket packet, long extendedSequence, MediaPacket into) {
        into.of(this, codec, packet, extendedSequence);
        reader.read(codec.codec(), packet, descriptorId, into.layers());
    }

    /** Takes a new packet into account; whether it told of other sizes than before. */
    boolean onPacket(RtpPacket packet, PacketLayers layers, long nowNanos) {
        if (hasPackets && !isAlive(nowNanos)) {
            hasReturned = true;
            returnedNanos = nowNanos;
        }
        hasPackets = true;
        lastPacketNanos = nowNanos;
        rates.onPacket(layers, packet.timestamp(), packet.sizeBytes(), nowNanos);
        boolean changed = false;
        for (int spatial = 0; spatial < layers.resolutions(); spatial++) {
            changed |= resolution(spatial, layers.width(spatial), layers.height(spatial));
        }
        return changed;
    }

    /** Notes the size of a spatial layer; whether it is another than before. */
    boolean resolution(int spatialId, int width, int height) {
        boolean changed = width > 0 && (widths[spatialId] != width || heights[spatialId] != height);
        if (changed) {
            widths[spatialId] = width;
            heights[spatialId] = height;
        }
        return changed;
    }

    /** Of all its spatial layers, from the lowest. */
    List<PictureSize> sizes() {
        List<PictureSize> sizes = new ArrayList<>();
        for (int i = 0; i < widths.length; i++) {
            sizes.add(new PictureSize(widths[i], heights[i]));
        }
        return sizes;
    }

    /** Takes over what is known of the same stream elsewhere. */
    void sizes(List<PictureSize> known) {
        for (int i = 0; i < known.size(); i++) {
            resolution(i, known.get(i).width(), known.get(i).height());
        }
    }

    /** In pixels, 0 where it is not known. */
    int width(int spatialId) {
        return widths[spatialId];
    }

    /** In pixels, 0 where it is not known. */
    int height(int spatialId) {
        return heights[spatialId];
    }

    /** The pixels of its largest layer, 0 where they are not known. */
    int pixels() {
        int most = 0;
        for (int i = 0; i < widths.length; i++) {
            most = Math.max(most, widths[i] * heights[i]);
        }
        return most;
    }

    /** Whether the publisher sends it now. */
    boolean isAlive(long nowNanos) {
        return hasPackets && nowNanos - lastPacketNanos < LayerRates.WINDOW_NANOS;
    }

    /** Whether it is alive and its bitrate is no longer that of a stream that has just returned. */
    boolean isSettled(long nowNanos) {
        boolean isBack = hasReturned && nowNanos - returnedNanos < LayerRates.WINDOW_NANOS;
        return isAlive(nowNanos) && !isBack;
    }

    /** What all of it takes, in bit/s. */
    long bps(long nowNanos) {
        return rates.bps(
                PacketLayers.MAX_SPATIAL_LAYERS - 1,
                PacketLayers.MAX_TEMPORAL_LAYERS - 1,
                nowNanos);
    }
}
