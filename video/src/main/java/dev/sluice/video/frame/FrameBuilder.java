package dev.sluice.video.frame;

import dev.sluice.media.rtp.Codec;
import dev.sluice.video.payload.Depacketizer;
import dev.sluice.video.payload.Depacketizer.FrameStart;
import dev.sluice.video.payload.PayloadStatus;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

import org.jspecify.annotations.Nullable;

/** The frame that packets are being added to, in the order of their sequence numbers. */
final class FrameBuilder {

    private static final int MIN_BUFFER_BYTES = 2048;

    /** The expected size falls by 1/4 with each smaller frame. */
    private static final int EXPECTED_DECAY = 4;

    private final Codec codec;
    private final Depacketizer depacketizer;
    private final ByteBufAllocator allocator;
    private final KeyFrameDetector detector = new KeyFrameDetector();
    private final SequenceRanges missing = new SequenceRanges();
    private @Nullable ByteBuf data;
    private int expectedBytes = MIN_BUFFER_BYTES;
    private int payloadBytes;
    private long firstSequence;
    private long lastSequence;
    private long timestamp;
    private FrameStart start = FrameStart.UNKNOWN;
    private boolean keyFrame;
    private boolean beginsAsKeyFrame;
    private int unusablePackets;

    FrameBuilder(Codec codec, Depacketizer depacketizer, ByteBufAllocator allocator) {
        this.codec = codec;
        this.depacketizer = depacketizer;
        this.allocator = allocator;
    }

    FrameStart frameStart(ByteBuf payload) {
        return depacketizer.frameStart(payload);
    }

    boolean isOpen() {
        return data != null;
    }

    long timestamp() {
        return timestamp;
    }

    boolean keyFrame() {
        return keyFrame;
    }

    /** Whether a key frame begins with the first packet that came. */
    boolean beginsAsKeyFrame() {
        return beginsAsKeyFrame;
    }

    void open(long sequence, long timestamp, FrameStart start, ByteBuf payload) {
        data = allocator.buffer(expectedBytes);
        depacketizer.reset();
        missing.clear();
        payloadBytes = 0;
        firstSequence = sequence;
        lastSequence = sequence;
        this.timestamp = timestamp;
        this.start = start;
        unusablePackets = 0;
        keyFrame = false;
        beginsAsKeyFrame = startsKeyFrame(payload);
    }

    /** Packets between the last and the next one are given up. */
    void lose(SequenceRanges lost) {
        if (!lost.isEmpty()) {
            depacketizer.reset();
            missing.moveFrom(lost);
        }
    }

    void add(long sequence, ByteBuf payload) {
        lastSequence = sequence;
        ByteBuf frame = data;
        if (frame == null || !payload.isReadable()) {
            return;
        }
        keyFrame |= startsKeyFrame(payload);
        if (payloadBytes + payload.readableBytes() > FrameAssembler.MAX_FRAME_BYTES) {
            unusablePackets++;
            return;
        }
        payloadBytes += payload.readableBytes();
        if (depacketizer.append(payload, frame) != PayloadStatus.OK) {
            unusablePackets++;
        }
    }

    private boolean startsKeyFrame(ByteBuf payload) {
        return detector.startsKeyFrame(
                codec, payload, payload.readerIndex(), payload.readableBytes());
    }

    Completeness completeness(boolean endKnown) {
        if (!endKnown || start == FrameStart.NO || !missing.isEmpty() || unusablePackets > 0) {
            return Completeness.INCOMPLETE;
        }
        return start == FrameStart.YES ? Completeness.COMPLETE : Completeness.UNCERTAIN;
    }

    void close(boolean endKnown, boolean decodable, FrameSink out) {
        ByteBuf frame = data;
        if (frame == null) {
            return;
        }
        data = null;
        expect(frame.readableBytes());
        try {
            out.onFrame(
                    new AssembledFrame(
                            firstSequence,
                            lastSequence,
                            timestamp,
                            keyFrame,
                            completeness(endKnown),
                            start,
                            endKnown,
                            missing.toList(),
                            unusablePackets,
                            decodable,
                            frame));
        } finally {
            frame.release();
        }
    }

    /** A buffer that is large enough from the start is not copied while it grows. */
    private void expect(int sizeBytes) {
        int smaller = expectedBytes - expectedBytes / EXPECTED_DECAY;
        expectedBytes = Math.max(MIN_BUFFER_BYTES, Math.max(sizeBytes, smaller));
    }

    void discard() {
        ByteBuf frame = data;
        data = null;
        if (frame != null) {
            frame.release();
        }
    }
}
