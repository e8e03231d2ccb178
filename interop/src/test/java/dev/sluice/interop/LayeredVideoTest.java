package dev.sluice.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.interop.LayerViewer.Source;
import dev.sluice.media.rtp.Codec;
import dev.sluice.media.rtp.RtpHeaderWriter;
import dev.sluice.media.rtp.RtpPacket;
import dev.sluice.media.seq.SequenceUnwrapper;
import dev.sluice.video.payload.PayloadSink;
import dev.sluice.video.payload.PictureIdLength;
import dev.sluice.video.payload.av1.Av1Depacketizer;
import dev.sluice.video.payload.vp8.Vp8Depacketizer;
import dev.sluice.video.payload.vp8.Vp8FrameInfo;
import dev.sluice.video.payload.vp8.Vp8Packetizer;
import dev.sluice.video.payload.vp9.Vp9Depacketizer;
import dev.sluice.video.payload.vp9.Vp9Depacketizer.Joining;
import dev.sluice.video.payload.vp9.Vp9LayerFrame;
import dev.sluice.video.payload.vp9.Vp9LayerIndices;
import dev.sluice.video.payload.vp9.Vp9Packetizer;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * What a viewer gets of layered video after changes of layer at random is what ffmpeg decodes, with
 * the very pictures that all of the stream decodes to.
 */
class LayeredVideoTest {

    private static final int FRAMES = 120;
    private static final int KEY_FRAME_INTERVAL = 40;
    private static final int MAX_PAYLOAD_BYTES = 400;
    private static final int TICKS_PER_FRAME = 3000;
    private static final long FRAME_NANOS = 33_333_333;

    /** The layers of ts_layering_mode 3 of libvpx's encoders in ffmpeg. */
    private static final int[] TEMPORAL_LAYERS = {0, 2, 1, 2};

    /** The last frame of each four refers to the third too. */
    private static final int NOT_SYNCHRONISED = 3;

    private static final Path RECORDED =
            Path.of("../video/src/test/resources/dev/sluice/video/payload/recorded");

    private static final int DESCRIPTOR_ID = 13;

    @TempDir private Path folder;

    /** A published packet, and of which frame. */
    private record Sent(int frame, RtpPacket packet, long sequence) {}

    @ParameterizedTest
    @CsvSource({"VP8, 1", "VP8, 2", "VP9, 1", "VP9, 2"})
    void whatIsLeftOfTemporalLayersDecodesToTheSamePictures(Codec codec, long seed)
            throws Exception {
        Path encoded = encodeTemporal(codec);
        List<String> pictures = pictures(encoded, List.of());
        List<Sent> packets = temporalPackets(codec, ElementaryFrames.ivf(encoded));
        Random random = new Random(seed);
        LayerViewer viewer =
                new LayerViewer(
                        codec,
                        codec == Codec.VP8
                                ? new Vp8Depacketizer()
                                : new Vp9Depacketizer(Joining.PLAIN),
                        seed);
        Source source = new Source(0);
        List<String> expected = new ArrayList<>();
        int last = -1;
        for (Sent sent : packets) {
            if (random.nextInt(12) == 0) {
                viewer.target(0, random.nextInt(3));
            }
            boolean forwarded =
                    viewer.onPacket(
                            source,
                            source,
                            sent.packet(),
                            sent.sequence(),
                            sent.frame() * FRAME_NANOS);
            if (forwarded && sent.frame() != last) {
                last = sent.frame();
                expected.add(pictures.get(last));
            }
        }
        assertThat(expected).hasSizeBetween(FRAMES / 3, FRAMES - 10);
        assertDecodesTo(expected, codec, viewer);
    }

    private Path encodeTemporal(Codec codec) throws Exception {
        Path file = folder.resolve("temporal.ivf");
        String layers =
                "ts_number_layers=3:ts_target_bitrate=200,350,500:ts_rate_decimator=4,2,1"
                        + ":ts_periodicity=4:ts_layer_id=0,2,1,2:ts_layering_mode=3";
        run(
                Arguments.of(
                        List.of("-f", "lavfi", "-i", "testsrc2=size=320x180:rate=30"),
                        List.of("-frames:v", "" + FRAMES, "-g", "" + KEY_FRAME_INTERVAL),
                        List.of("-keyint_min", "" + KEY_FRAME_INTERVAL, "-pix_fmt", "yuv420p"),
                        List.of("-b:v", "500k", "-c:v"),
                        List.of(codec == Codec.VP8 ? "libvpx" : "libvpx-vp9"),
                        List.of("-deadline", "realtime", "-cpu-used", "8"),
                        List.of("-error-resilient", "1", "-lag-in-frames", "0"),
                        List.of("-auto-alt-ref", "0", "-ts-parameters", layers),
                        List.of("-f", "ivf", file.toString())));
        return file;
    }

    private static List<Sent> temporalPackets(Codec codec, List<ByteBuf> frames) {
        var vp8 = new Vp8Packetizer(PictureIdLength.FIFTEEN_BITS, 32_700, 250);
        var vp9 = new Vp9Packetizer(PictureIdLength.FIFTEEN_BITS, 32_700, false, 250);
        List<Sent> packets = new ArrayList<>();
        for (int i = 0; i < frames.size(); i++) {
            int temporal = TEMPORAL_LAYERS[i % 4];
            boolean sync = temporal > 0 && i % 4 != NOT_SYNCHRONISED;
            PayloadSink sink = sink(packets, i, 96, 1000 + (long) i * TICKS_PER_FRAME);
            if (codec == Codec.VP8) {
                vp8.packetize(
                        frames.get(i),
                        Vp8FrameInfo.ofTemporalLayer(temporal, sync),
                        MAX_PAYLOAD_BYTES,
                        sink);
            } else {
                var layer = new Vp9LayerIndices(temporal, i % 4 != NOT_SYNCHRONISED, 0, false);
                boolean predicted = i % KEY_FRAME_INTERVAL != 0;
                vp9.packetize(
                        List.of(Vp9LayerFrame.of(frames.get(i), layer, predicted)),
                        MAX_PAYLOAD_BYTES,
                        sink);
            }
        }
        return packets;
    }

    private static PayloadSink sink(
            List<Sent> packets, int frame, long firstSequence, long timestamp) {
        return (payload, last) -> {
            long sequence = (1L << 16) + firstSequence + packets.size();
            ByteBuf out = Unpooled.buffer();
            new RtpHeaderWriter()
                    .begin(out, 96, last, (int) (sequence & 0xFFFF), timestamp & 0xFFFF_FFFFL, 1);
            out.writeBytes(payload, payload.readerIndex(), payload.readableBytes());
            packets.add(new Sent(frame, wrap(out), sequence));
        };
    }

    @ParameterizedTest
    @EnumSource
    void aViewerWhoChangesAmongEncodingsSeesThePicturesOfEach(VideoFormat format) throws Exception {
        List<List<Sent>> sources = new ArrayList<>();
        List<List<String>> pictures = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Path file = folder.resolve("encoding" + i + "." + format.container());
            encode(format, "%dx%d".formatted(80 << i, 48 << i), file);
            pictures.add(pictures(file, List.of("-f", format.container())));
            List<Sent> packets = new ArrayList<>();
            List<ByteBuf> frames = format.frames(file);
            var packetizer = format.packetizer();
            for (int frame = 0; frame < frames.size(); frame++) {
                packetizer.packetize(
                        frames.get(frame),
                        MAX_PAYLOAD_BYTES,
                        sink(packets, frame, 7_000L * i, 1_000_000L * i + frame * 3000L));
            }
            sources.add(packets);
        }
        LayerViewer viewer = new LayerViewer(format.codec(), format.depacketizer(), 1);
        List<String> expected = follow(viewer, sources, pictures, new Random(3));
        Path out = folder.resolve("viewed." + format.container());
        write(format, out, viewer.frames());
        assertContiguous(viewer);
        assertThat(pictures(out, List.of("-f", format.container()))).isEqualTo(expected);
    }

    /** Changes the wish now and then; the pictures that the viewer was given. */
    private static List<String> follow(
            LayerViewer viewer,
            List<List<Sent>> sources,
            List<List<String>> pictures,
            Random random) {
        List<String> expected = new ArrayList<>();
        List<Source> known = List.of(new Source(0), new Source(1), new Source(2));
        int[] next = new int[3];
        int changes = 0;
        Source wanted = known.get(1);
        Source before = known.get(1);
        for (int frame = 0; frame < pictures.getFirst().size(); frame++) {
            if (random.nextInt(5) == 0) {
                wanted = known.get(random.nextInt(3));
            }
            for (int i = 0; i < 3; i++) {
                boolean seen = false;
                List<Sent> packets = sources.get(i);
                while (next[i] < packets.size() && packets.get(next[i]).frame() == frame) {
                    Sent sent = packets.get(next[i]++);
                    seen |=
                            viewer.onPacket(
                                    known.get(i),
                                    wanted,
                                    sent.packet(),
                                    sent.sequence(),
                                    frame * FRAME_NANOS + i);
                }
                if (seen) {
                    expected.add(pictures.get(i).get(frame));
                }
            }
            changes += viewer.following().equals(before) ? 0 : 1;
            before = viewer.following();
        }
        assertThat(changes).isGreaterThan(2);
        return expected;
    }

    private void encode(VideoFormat format, String size, Path file) throws Exception {
        List<String> arguments = new ArrayList<>(format.encode());
        arguments.replaceAll(argument -> argument.replace("320x180", size).replace("500k", "150k"));
        arguments.set(arguments.indexOf("-frames:v") + 1, "100");
        arguments.addAll(List.of("-f", format.container(), file.toString()));
        run(arguments);
    }

    private static void write(VideoFormat format, Path file, List<byte[]> frames)
            throws IOException {
        if (format.container().equals("ivf")) {
            IvfFile.write(file, format.codec(), frames);
            return;
        }
        ByteBuf all = Unpooled.buffer();
        frames.forEach(all::writeBytes);
        byte[] bytes = new byte[all.readableBytes()];
        all.readBytes(bytes);
        Files.write(file, bytes);
    }

    @ParameterizedTest
    @CsvSource({
        "vp9-chromium-l2t2-key.rtp, VP9, 0, 0",
        "vp9-chromium-l2t2-key.rtp, VP9, 0, 1",
        "vp9-chromium-l2t2-key.rtp, VP9, 1, 0",
        "vp9-chromium-l2t2-key.rtp, VP9, 1, 1",
        "av1-chromium-l2t2.rtp, AV1, 0, 0",
        "av1-chromium-l2t2.rtp, AV1, 0, 1",
        "av1-chromium-l2t2.rtp, AV1, 1, 0",
        "av1-chromium-l2t2.rtp, AV1, 1, 1",
        "vp8-chromium-l1t3.rtp, VP8, 0, 0",
        "vp8-chromium-l1t3.rtp, VP8, 0, 1",
        "vp8-chromium-l1t3.rtp, VP8, 0, 2"
    })
    void anyLayerOfWhatChromiumSentDecodes(String file, Codec codec, int spatial, int temporal)
            throws Exception {
        List<String> all = decodedRecording(file, codec, spatial, 7);
        List<String> some = decodedRecording(file, codec, spatial, temporal);
        assertThat(all).hasSize(8);
        List<String> expected = new ArrayList<>();
        int[] pattern = codec == Codec.VP8 ? TEMPORAL_LAYERS : new int[] {0, 1};
        for (int i = 0; i < all.size(); i++) {
            if (pattern[i % pattern.length] <= temporal) {
                expected.add(all.get(i));
            }
        }
        assertThat(some).isEqualTo(expected);
    }

    private List<String> decodedRecording(String file, Codec codec, int spatial, int temporal)
            throws Exception {
        var viewer =
                new LayerViewer(
                        codec,
                        switch (codec) {
                            case VP8 -> new Vp8Depacketizer();
                            case VP9 -> new Vp9Depacketizer(Joining.SUPERFRAME);
                            default -> new Av1Depacketizer();
                        },
                        DESCRIPTOR_ID,
                        1);
        viewer.target(spatial, temporal);
        Source source = new Source(0);
        SequenceUnwrapper unwrapper = new SequenceUnwrapper();
        long expected = -1;
        for (RtpPacket packet : recorded(file)) {
            long sequence = unwrapper.unwrap(packet.sequenceNumber());
            // What is missing in the recording was padding.
            for (; expected >= 0 && expected < sequence; expected++) {
                viewer.consume(source, expected);
            }
            expected = sequence + 1;
            viewer.onPacket(source, source, packet, sequence, 0);
        }
        Path out = IvfFile.write(folder.resolve("recorded.ivf"), codec, viewer.frames());
        assertContiguous(viewer);
        // Of a superframe ffmpeg's own decoder shows each layer, libvpx the highest.
        List<String> input = codec == Codec.VP9 ? List.of("-c:v", "libvpx-vp9") : List.<String>of();
        return pictures(out, input);
    }

    private static List<RtpPacket> recorded(String file) throws IOException {
        List<RtpPacket> packets = new ArrayList<>();
        try (DataInputStream in =
                new DataInputStream(Files.newInputStream(RECORDED.resolve(file)))) {
            while (in.available() > 0) {
                packets.add(wrap(Unpooled.wrappedBuffer(in.readNBytes(in.readUnsignedShort()))));
            }
        }
        return packets;
    }

    private static RtpPacket wrap(ByteBuf bytes) {
        RtpPacket packet = new RtpPacket();
        if (!packet.wrap(bytes)) {
            throw new AssertionError("not RTP");
        }
        return packet;
    }

    private void assertDecodesTo(List<String> expected, Codec codec, LayerViewer viewer)
            throws Exception {
        Path out = IvfFile.write(folder.resolve("viewed.ivf"), codec, viewer.frames());
        assertContiguous(viewer);
        assertThat(pictures(out, List.of())).isEqualTo(expected);
    }

    private static void assertContiguous(LayerViewer viewer) {
        List<Long> numbers = viewer.numbersSent();
        for (int i = 1; i < numbers.size(); i++) {
            assertThat(numbers.get(i)).isEqualTo(numbers.get(i - 1) + 1);
        }
    }

    /** A hash of each picture that ffmpeg decodes, without a complaint. */
    private List<String> pictures(Path encoded, List<String> input) throws Exception {
        Path hashes = folder.resolve("hashes");
        try (Ffmpeg ffmpeg =
                Ffmpeg.ffmpeg(
                        Arguments.of(
                                input,
                                List.of("-i", encoded.toString(), "-fps_mode", "passthrough"),
                                List.of("-noautoscale", "-y"),
                                List.of("-f", "framemd5", hashes.toString())))) {
            ffmpeg.awaitSuccess();
            assertThat(ffmpeg.complaints()).isEmpty();
        }
        return Files.readAllLines(hashes).stream()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.substring(line.lastIndexOf(',') + 1).strip())
                .toList();
    }

    private static void run(List<String> arguments) throws Exception {
        try (Ffmpeg ffmpeg = Ffmpeg.ffmpeg(arguments)) {
            ffmpeg.awaitSuccess();
        }
    }
}
