package dev.sluice.server.router;

import dev.sluice.media.sdp.NegotiatedCodec;
import dev.sluice.video.rewrite.PacketNumbers;

import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;

/**
 * A packet that a viewer was sent, found again by the number that it had: the published one, and
 * the very numbers that it was sent with. Reusable.
 */
final class SentMedia {

    private final LayerSwitch layers;
    private final ViewerStream stream;
    private final KeptPacket kept = new KeptPacket();
    private final PacketNumbers numbers = new PacketNumbers();

    SentMedia(LayerSwitch layers, ViewerStream stream) {
        this.layers = layers;
        this.stream = stream;
    }

    /**
     * Finds a packet in the publisher's ring.
     *
     * @param sequence as sent, 16 bits
     * @return null when it is not there any more
     */
    @Nullable MediaPacket find(int sequence) {
        PublishedStream source =
                stream.numbering().recall(sequence, numbers)
                        ? layers.stream(numbers.source())
                        : null;
        return source == null ? null : kept.read(source, numbers.sourceSequence());
    }

    /** The number that the found packet was sent with, without the wrap. */
    long extendedSequence() {
        return numbers.extendedSequence();
    }

    /** Makes the found packet anew, as it was sent. */
    ByteBuf rewrite(MediaPacket media, NegotiatedCodec codec) {
        return stream.rewrite(media, numbers, codec);
    }

    /** Gives the published packet back, which the ring owns. */
    void clear() {
        kept.clear();
    }
}
