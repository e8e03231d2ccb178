package dev.sluice.fuzz;

import static dev.sluice.fuzz.FuzzTarget.hold;

import dev.sluice.media.rtp.Codec;
import dev.sluice.video.frame.KeyFrameDetector;
import dev.sluice.video.payload.av1.Av1PayloadDescriptor;
import dev.sluice.video.payload.av1.Av1SequenceHeader;
import dev.sluice.video.payload.h264.H264Payload;
import dev.sluice.video.payload.h264.H264SequenceParameters;
import dev.sluice.video.payload.h265.H265Payload;
import dev.sluice.video.payload.h265.H265SequenceParameters;
import dev.sluice.video.payload.vp8.Vp8PayloadDescriptor;
import dev.sluice.video.payload.vp9.Vp9PayloadDescriptor;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import java.util.Map;
import java.util.TreeMap;

/** The RTP payload formats of video. */
final class VideoTargets {

    private VideoTargets() {}

    static Map<String, FuzzTarget> all() {
        Map<String, FuzzTarget> all = new TreeMap<>();
        all.put("vp8-descriptor", VideoTargets::vp8);
        all.put("vp9-descriptor", VideoTargets::vp9);
        all.put("av1-descriptor", VideoTargets::av1);
        all.put("h264-payload", VideoTargets::h264);
        all.put("h264-sequence-parameters", VideoTargets::h264SequenceParameters);
        all.put("h265-payload", VideoTargets::h265);
        all.put("h265-sequence-parameters", VideoTargets::h265SequenceParameters);
        all.put("av1-sequence-header", VideoTargets::av1SequenceHeader);
        all.put("key-frame-detector", VideoTargets::keyFrames);
        return all;
    }

    private static void vp8(byte[] input) {
        Vp8PayloadDescriptor vp8 = new Vp8PayloadDescriptor();
        if (vp8.wrap(Unpooled.wrappedBuffer(input), 0, input.length)) {
            hold(vp8.frameIndex() <= input.length, "it stays inside");
            hold(vp8.pictureId() < 1 << 15, "15 bits");
            vp8.width();
        }
    }

    private static void vp9(byte[] input) {
        Vp9PayloadDescriptor vp9 = new Vp9PayloadDescriptor();
        if (vp9.wrap(Unpooled.wrappedBuffer(input), 0, input.length)) {
            hold(vp9.frameIndex() <= input.length, "it stays inside");
            vp9.startsKeyFrame();
        }
    }

    private static void av1(byte[] input) {
        Av1PayloadDescriptor av1 = new Av1PayloadDescriptor();
        if (av1.wrap(Unpooled.wrappedBuffer(input), 0, input.length)) {
            hold(av1.obuIndex() <= input.length, "it stays inside");
        }
    }

    private static void h264(byte[] input) {
        H264Payload h264 = new H264Payload();
        if (h264.wrap(Unpooled.wrappedBuffer(input), 0, input.length)) {
            h264.width();
            h264.height();
        }
    }

    private static void h264SequenceParameters(byte[] input) {
        H264SequenceParameters parameters = new H264SequenceParameters();
        if (parameters.wrap(Unpooled.wrappedBuffer(input), 0, input.length)) {
            hold(parameters.width() > 0 && parameters.height() > 0, "a picture has a size");
        }
    }

    private static void h265(byte[] input) {
        H265Payload h265 = new H265Payload();
        if (h265.wrap(Unpooled.wrappedBuffer(input), 0, input.length)) {
            h265.startsKeyFrame();
            h265.width();
            h265.height();
        }
    }

    private static void h265SequenceParameters(byte[] input) {
        H265SequenceParameters parameters = new H265SequenceParameters();
        if (parameters.wrap(Unpooled.wrappedBuffer(input), 0, input.length)) {
            hold(parameters.width() > 0 && parameters.height() > 0, "a picture has a size");
        }
    }

    private static void av1SequenceHeader(byte[] input) {
        Av1SequenceHeader header =
                Av1SequenceHeader.read(Unpooled.wrappedBuffer(input), 0, input.length);
        hold(header == null || header.maxWidth() > 0, "a picture has a size");
    }

    private static void keyFrames(byte[] input) {
        ByteBuf payload = Unpooled.wrappedBuffer(input);
        KeyFrameDetector detector = new KeyFrameDetector();
        for (Codec codec : Codec.values()) {
            detector.startsKeyFrame(codec, payload, 0, input.length);
        }
    }
}
