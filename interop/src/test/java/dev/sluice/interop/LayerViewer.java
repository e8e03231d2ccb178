package dev.sluice.interop;

import dev.sluice.media.rtp.Codec;
import dev.sluice.media.rtp.HeaderExtensionMap;
import dev.sluice.media.rtp.RtpPacket;
import dev.sluice.media.seq.SequenceUnwrapper;
import dev.sluice.video.frame.AssembledFrame;
import dev.sluice.video.frame.FrameAssembler;
import dev.sluice.video.frame.FrameGap;
import dev.sluice.video.frame.FrameSink;
import dev.sluice.video.layer.LayerReader;
import dev.sluice.video.layer.LayerSelector;
import dev.sluice.video.layer.PacketLayers;
import dev.sluice.video.payload.Depacketizer;
import dev.sluice.video.rewrite.PacketNumbers;
import dev.sluice.video.rewrite.PayloadRewriter;
import dev.sluice.video.rewrite.StreamRewriter;
import dev.sluice.video.rewrite.TimestampMapping;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A viewer behind the layer choice and the rewriting: gets packets of sources, puts out frames. */
final class LayerViewer {

    /** A source as the viewer knows it. */
    record Source(int id) {}

    private final Codec codec;
    private final int descriptorId;
    private final FrameAssembler assembler;
    private final StreamRewriter rewriter;
    private final LayerSelector selector = new LayerSelector();
    private final PayloadRewriter payloads = new PayloadRewriter();
    private final PacketLayers layers = new PacketLayers();
    private final PacketNumbers numbers = new PacketNumbers();
    private final Map<Source, LayerReader> readers = new HashMap<>();
    private final SequenceUnwrapper received = new SequenceUnwrapper();
    private final List<byte[]> frames = new ArrayList<>();
    private final List<Long> numbersSent = new ArrayList<>();
    private Source following = new Source(-1);

    LayerViewer(Codec codec, Depacketizer depacketizer, int descriptorId, long seed) {
        this.codec = codec;
        this.descriptorId = descriptorId;
        this.assembler =
                new FrameAssembler(codec, depacketizer, UnpooledByteBufAllocator.DEFAULT, 0);
        this.rewriter = new StreamRewriter(90_000, 1024, true, new Random(seed));
    }

    LayerViewer(Codec codec, Depacketizer depacketizer, long seed) {
        this(codec, depacketizer, HeaderExtensionMap.ABSENT, seed);
    }

    void target(int spatial, int temporal) {
        selector.target(spatial, temporal);
    }

    Source following() {
        return following;
    }

    List<byte[]> frames() {
        assembler.flush(sink());
        return frames;
    }

    /** The sequence numbers in the order in which they were sent. */
    List<Long> numbersSent() {
        return numbersSent;
    }

    /**
     * Takes a packet of a source.
     *
     * @param wanted the source to follow as soon as it can be joined
     * @return whether it was forwarded
     */
    boolean onPacket(
            Source source, Source wanted, RtpPacket packet, long extendedSequence, long nowNanos) {
        readers.computeIfAbsent(source, _ -> new LayerReader())
                .read(codec, packet, descriptorId, layers);
        if (source.equals(wanted) && !source.equals(following) && layers.startsKeyFrame()) {
            following = source;
            rewriter.begin(
                    source.id(),
                    extendedSequence,
                    packet.timestamp(),
                    TimestampMapping.NO_COMMON_CLOCK,
                    nowNanos);
            selector.begin(layers, extendedSequence, packet.timestamp());
        }
        if (!source.equals(following)) {
            return false;
        }
        boolean forwarded =
                selector.admits(layers, extendedSequence, packet.timestamp())
                        && rewriter.forward(
                                layers,
                                selector,
                                extendedSequence,
                                packet.timestamp(),
                                packet.marker(),
                                nowNanos,
                                numbers);
        if (forwarded) {
            receive(packet);
        } else if (rewriter.leaveOut(layers, extendedSequence) != StreamRewriter.NONE) {
            throw new AssertionError("a number was left for a packet that came in order");
        }
        return forwarded;
    }

    /** A number of the source that is known to carry nothing. */
    void consume(Source source, long extendedSequence) {
        if (source.equals(following)) {
            rewriter.consume(extendedSequence);
        }
    }

    private void receive(RtpPacket packet) {
        ByteBuf payload = Unpooled.buffer();
        payloads.copy(
                codec,
                packet.buffer(),
                packet.payloadIndex(),
                packet.payloadSizeBytes(),
                numbers,
                payload);
        long sequence = received.unwrap(numbers.sequence());
        if (numbersSent.isEmpty()) {
            assembler.startAt(sequence);
        }
        numbersSent.add(sequence);
        assembler.onPacket(sequence, numbers.timestamp(), numbers.marker(), payload, 0, sink());
    }

    private FrameSink sink() {
        return new FrameSink() {
            @Override
            public void onFrame(AssembledFrame frame) {
                frames.add(ByteBufUtil.getBytes(frame.data()));
            }

            @Override
            public void onGap(FrameGap gap) {
                throw new AssertionError("a gap in what the viewer got: " + gap);
            }
        };
    }
}
