package dev.sluice.interop;

import dev.sluice.media.rtp.Codec;
import dev.sluice.video.payload.Depacketizer;
import dev.sluice.video.payload.Packetizer;
import dev.sluice.video.payload.PictureIdLength;
import dev.sluice.video.payload.av1.Av1Depacketizer;
import dev.sluice.video.payload.av1.Av1Packetizer;
import dev.sluice.video.payload.h264.H264Depacketizer;
import dev.sluice.video.payload.h264.H264Packetizer;
import dev.sluice.video.payload.h264.PacketizationMode;
import dev.sluice.video.payload.h265.H265Depacketizer;
import dev.sluice.video.payload.h265.H265Packetizer;
import dev.sluice.video.payload.vp8.Vp8Depacketizer;
import dev.sluice.video.payload.vp8.Vp8Packetizer;
import dev.sluice.video.payload.vp9.Vp9Depacketizer;
import dev.sluice.video.payload.vp9.Vp9Depacketizer.Joining;
import dev.sluice.video.payload.vp9.Vp9Packetizer;

import io.netty.buffer.ByteBuf;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/** A video format: how ffmpeg encodes it, how both sides carry it. */
@SuppressWarnings("ImmutableEnumChecker") // lists of constants, constructors
enum VideoFormat {
    H264(
            Codec.H264,
            "h264",
            "H264/90000",
            "packetization-mode=1",
            List.of(
                    "libx264",
                    "-preset",
                    "veryfast",
                    "-tune",
                    "zerolatency",
                    "-x264-params",
                    "aud=1"),
            () -> new H264Packetizer(PacketizationMode.NON_INTERLEAVED),
            H264Depacketizer::new),
    H265(
            Codec.H265,
            "hevc",
            "H265/90000",
            "tx-mode=SRST",
            List.of(
                    "libx265",
                    "-preset",
                    "ultrafast",
                    "-tune",
                    "zerolatency",
                    "-x265-params",
                    "log-level=error:aud=1:repeat-headers=1"),
            H265Packetizer::new,
            H265Depacketizer::new),
    VP8(
            Codec.VP8,
            "ivf",
            "VP8/90000",
            "max-fr=30",
            List.of("libvpx", "-deadline", "realtime"),
            () -> new Vp8Packetizer(PictureIdLength.FIFTEEN_BITS, 32_760, 250),
            Vp8Depacketizer::new),
    VP9(
            Codec.VP9,
            "ivf",
            "VP9/90000",
            "profile-id=0",
            List.of("libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8"),
            () -> new Vp9Packetizer(PictureIdLength.FIFTEEN_BITS, 32_760, false, 250),
            () -> new Vp9Depacketizer(Joining.PLAIN)),
    AV1(
            Codec.AV1,
            "ivf",
            "AV1/90000",
            "profile=0",
            List.of("libaom-av1", "-usage", "realtime", "-cpu-used", "8"),
            Av1Packetizer::new,
            Av1Depacketizer::new);

    /** A key frame in the middle too. */
    static final int FRAMES = 20;

    private static final String KEY_FRAME_INTERVAL = "10";

    private final Codec codec;
    private final String container;
    private final String rtpMap;
    private final String parameters;
    private final List<String> encoder;
    private final Supplier<Packetizer> packetizer;
    private final Supplier<Depacketizer> depacketizer;

    VideoFormat(
            Codec codec,
            String container,
            String rtpMap,
            String parameters,
            List<String> encoder,
            Supplier<Packetizer> packetizer,
            Supplier<Depacketizer> depacketizer) {
        this.codec = codec;
        this.container = container;
        this.rtpMap = rtpMap;
        this.parameters = parameters;
        this.encoder = encoder;
        this.packetizer = packetizer;
        this.depacketizer = depacketizer;
    }

    Codec codec() {
        return codec;
    }

    /** ffmpeg's name of the file format that holds the bare stream. */
    String container() {
        return container;
    }

    Packetizer packetizer() {
        return packetizer.get();
    }

    Depacketizer depacketizer() {
        return depacketizer.get();
    }

    /** ffmpeg's arguments that encode a moving test picture. */
    List<String> encode() {
        return Arguments.of(
                List.of("-f", "lavfi", "-i", "testsrc2=size=320x180:rate=30"),
                List.of("-frames:v", Integer.toString(FRAMES), "-g", KEY_FRAME_INTERVAL),
                List.of("-pix_fmt", "yuv420p", "-b:v", "500k", "-strict", "experimental"),
                List.of("-map", "0", "-c:v"),
                encoder);
    }

    String description(int port, int payloadType) {
        return """
        v=0
        o=- 0 0 IN IP4 127.0.0.1
        s=-
        c=IN IP4 127.0.0.1
        t=0 0
        m=video %d RTP/AVP %d
        a=rtpmap:%d %s
        a=fmtp:%d %s
        """
                .formatted(port, payloadType, payloadType, rtpMap, payloadType, parameters);
    }

    /** The frames of a file in the container. */
    List<ByteBuf> frames(Path file) throws IOException {
        return switch (this) {
            case H264 -> ElementaryFrames.annexB(file, ElementaryFrames.H264_DELIMITER);
            case H265 -> ElementaryFrames.annexB(file, ElementaryFrames.H265_DELIMITER);
            case VP8, VP9, AV1 -> ElementaryFrames.ivf(file);
        };
    }
}
