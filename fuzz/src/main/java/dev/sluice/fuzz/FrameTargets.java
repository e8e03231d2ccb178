package dev.sluice.fuzz;

import static dev.sluice.fuzz.FuzzTarget.hold;

import dev.sluice.media.rtp.Codec;
import dev.sluice.video.frame.AssembledFrame;
import dev.sluice.video.frame.FrameAssembler;
import dev.sluice.video.frame.FrameGap;
import dev.sluice.video.frame.FrameSink;
import dev.sluice.video.payload.Depacketizer;
import dev.sluice.video.payload.PayloadStatus;
import dev.sluice.video.payload.av1.Av1Depacketizer;
import dev.sluice.video.payload.h264.H264Depacketizer;
import dev.sluice.video.payload.h265.H265Depacketizer;
import dev.sluice.video.payload.vp8.Vp8Depacketizer;
import dev.sluice.video.payload.vp9.Vp9Depacketizer;
import dev.sluice.video.payload.vp9.Vp9Depacketizer.Joining;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;

import java.util.Map;
import java.util.TreeMap;

/** Payloads put together to frames: each input is a run of payloads, with a length before each. */
final class FrameTargets {

    /** A payload of a few bytes may become that many more: start codes, OBU sizes. */
    private static final int GROWTH_PER_BYTE = 8;

    private static final FrameSink IGNORE =
            new FrameSink() {
                @Override
                public void onFrame(AssembledFrame frame) {
                    hold(frame.firstSequence() <= frame.lastSequence(), "first before last");
                }

                @Override
                public void onGap(FrameGap gap) {
                    hold(gap.firstMissing() <= gap.lastMissing(), "first before last");
                }
            };

    private FrameTargets() {}

    static Map<String, FuzzTarget> all() {
        Map<String, FuzzTarget> all = new TreeMap<>();
        all.put("vp8-depacketizer", input -> depacketize(new Vp8Depacketizer(), input));
        all.put("vp9-depacketizer", input -> depacketize(vp9(), input));
        all.put("av1-depacketizer", input -> depacketize(new Av1Depacketizer(), input));
        all.put("h264-depacketizer", input -> depacketize(new H264Depacketizer(), input));
        all.put("h265-depacketizer", input -> depacketize(new H265Depacketizer(), input));
        all.put("frame-assembler", FrameTargets::assemble);
        return all;
    }

    private static Depacketizer vp9() {
        return new Vp9Depacketizer(Joining.SUPERFRAME);
    }

    private static void depacketize(Depacketizer depacketizer, byte[] input) {
        ByteBuf all = Unpooled.wrappedBuffer(input);
        ByteBuf frame = Unpooled.buffer();
        while (all.isReadable()) {
            ByteBuf payload = next(all);
            int before = frame.readableBytes();
            depacketizer.frameStart(payload);
            PayloadStatus status = depacketizer.append(payload, frame);
            int grown = frame.readableBytes() - before;
            hold(status == PayloadStatus.OK || grown <= 0, "only what is well adds to the frame");
            hold(grown <= GROWTH_PER_BYTE * (input.length + 1), "it grows with the input");
        }
        frame.release();
    }

    private static ByteBuf next(ByteBuf all) {
        return all.readSlice(Math.min(all.readUnsignedByte(), all.readableBytes()));
    }

    /** Before each length stand a step of the sequence number, one of the timestamp, a marker. */
    private static void assemble(byte[] input) {
        ByteBuf all = Unpooled.wrappedBuffer(input);
        FrameAssembler assembler =
                new FrameAssembler(
                        Codec.VP8, new Vp8Depacketizer(), UnpooledByteBufAllocator.DEFAULT, 10);
        long sequence = 1 << 16;
        long timestamp = 0;
        long now = 0;
        while (all.readableBytes() > 3) {
            sequence = Math.max(0, sequence + all.readByte());
            timestamp = timestamp + all.readByte() & 0xFFFF_FFFFL;
            boolean marker = all.readByte() > 0;
            now++;
            assembler.onPacket(sequence, timestamp, marker, next(all), now, IGNORE);
            assembler.onDeadline(now, IGNORE);
        }
        assembler.flush(IGNORE);
        assembler.clear();
    }
}
