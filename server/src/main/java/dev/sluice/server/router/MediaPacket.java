package dev.sluice.server.router;

import dev.sluice.media.sdp.NegotiatedCodec;
import dev.sluice.video.layer.PacketLayers;

import org.jspecify.annotations.Nullable;

import java.util.Objects;

/** What is read of a published packet once, whoever watches. Reusable. */
final class MediaPacket {

    private final PacketLayers layers = new PacketLayers();
    private @Nullable NegotiatedCodec codec;
    private long extendedSequence;

    /** Turns to another packet; the reader fills in {@link #layers}. */
    void of(NegotiatedCodec ofCodec, long sequence) {
        codec = ofCodec;
        extendedSequence = sequence;
    }

    NegotiatedCodec codec() {
        return Objects.requireNonNull(codec, "nothing read yet");
    }

    /** The sequence number without the wrap. */
    long extendedSequence() {
        return extendedSequence;
    }

    /** Its frame and layer. */
    PacketLayers layers() {
        return layers;
    }

    /** Whether a decoder can start with it; always true for audio. */
    boolean startsKeyFrame() {
        return layers.startsKeyFrame();
    }
}
