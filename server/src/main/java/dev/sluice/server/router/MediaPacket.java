package dev.sluice.server.router;

import dev.sluice.media.rtp.ExtensionElement;
import dev.sluice.media.rtp.HeaderExtension;
import dev.sluice.media.rtp.HeaderExtensionMap;
import dev.sluice.media.rtp.MediaKind;
import dev.sluice.media.rtp.RtpPacket;
import dev.sluice.media.sdp.NegotiatedCodec;
import dev.sluice.video.layer.PacketLayers;

import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;

import java.util.Objects;

/** A published packet, and what is read of it once, whoever watches. Reusable. */
final class MediaPacket {

    private final PacketLayers layers = new PacketLayers();
    private final RtpPacket held = new RtpPacket();
    private @Nullable PublishedStream stream;
    private @Nullable NegotiatedCodec codec;
    private @Nullable RtpPacket packet;
    private @Nullable ByteBuf kept;
    private long extendedSequence;
    private long highestSequence;
    private HeaderExtensionMap extensions = HeaderExtensionMap.EMPTY;
    private boolean isPlain;
    private @Nullable MediaPacket next;

    /**
     * Turns to another packet; the reader fills in {@link #layers}.
     *
     * @param ofPacket borrowed until the next
     */
    void of(PublishedStream ofStream, NegotiatedCodec ofCodec, RtpPacket ofPacket, long sequence) {
        stream = ofStream;
        codec = ofCodec;
        packet = ofPacket;
        extendedSequence = sequence;
        highestSequence = ofStream.incoming().highestSequence();
        header(ofPacket, ofStream.incoming().media().extensions());
    }

    /**
     * Turns to a packet of no stream.
     *
     * @param ofPublisher the ids of header extensions
     */
    void header(RtpPacket ofPacket, HeaderExtensionMap ofPublisher) {
        packet = ofPacket;
        extensions = ofPublisher;
        isPlain = ofPacket.csrcCount() == 0 && !hasForwardedElement(ofPacket);
    }

    private boolean hasForwardedElement(RtpPacket ofPacket) {
        return has(ofPacket, HeaderExtension.AUDIO_LEVEL)
                || has(ofPacket, HeaderExtension.VIDEO_ORIENTATION)
                || has(ofPacket, HeaderExtension.DEPENDENCY_DESCRIPTOR);
    }

    private boolean has(RtpPacket ofPacket, HeaderExtension extension) {
        int id = extensions.id(extension);
        return id != HeaderExtensionMap.ABSENT && ExtensionElement.index(ofPacket, id) >= 0;
    }

    /** The publisher's ids of header extensions. */
    HeaderExtensionMap extensions() {
        return extensions;
    }

    /** Whether its header has nothing that viewers get but for numbers. */
    boolean isPlain() {
        return isPlain;
    }

    /**
     * Keeps the packet until {@link #release}: as the stream's ring has it, since the borrowed one
     * is in a buffer that is to be received into again, and larger than most packets.
     */
    void hold() {
        kept = stream().incoming().packet(extendedSequence);
        held.wrap(kept == null ? borrowed() : kept.retain());
        packet = held;
    }

    /** The packet as the stream's ring had it when it was held; null where it had not. */
    @Nullable ByteBuf kept() {
        return kept;
    }

    private ByteBuf borrowed() {
        RtpPacket borrowed = packet();
        int start = borrowed.payloadIndex() - borrowed.headerSizeBytes();
        return borrowed.buffer().retainedSlice(start, borrowed.sizeBytes());
    }

    /** Lets go of what {@link #hold} keeps. */
    void release() {
        held.buffer().release();
        held.clear();
        kept = null;
        packet = null;
    }

    /** Another packet is to be forwarded after this one. */
    void precedes(@Nullable MediaPacket other) {
        next = other;
    }

    /** Whether a packet of its stream is among those that are to be forwarded after it. */
    boolean precedes(long sequence) {
        for (MediaPacket later = next; later != null; later = later.next) {
            if (later.stream == stream && later.extendedSequence == sequence) {
                return true;
            }
        }
        return false;
    }

    /** The stream that it is from. */
    PublishedStream stream() {
        return Objects.requireNonNull(stream, "nothing read yet");
    }

    NegotiatedCodec codec() {
        return Objects.requireNonNull(codec, "nothing read yet");
    }

    boolean isVideo() {
        return codec().codec().kind() == MediaKind.VIDEO;
    }

    /** The packet as it was published. */
    RtpPacket packet() {
        return Objects.requireNonNull(packet, "nothing read yet");
    }

    /** The sequence number without the wrap. */
    long extendedSequence() {
        return extendedSequence;
    }

    /** The highest number that had come of its stream when it was read. */
    long highestSequence() {
        return highestSequence;
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
