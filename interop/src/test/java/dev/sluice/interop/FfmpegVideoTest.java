package dev.sluice.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.media.seq.SequenceUnwrapper;
import dev.sluice.video.frame.AssembledFrame;
import dev.sluice.video.frame.Completeness;
import dev.sluice.video.frame.FrameAssembler;
import dev.sluice.video.frame.FrameGap;
import dev.sluice.video.frame.FrameSink;
import dev.sluice.video.payload.Packetizer;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.UnpooledByteBufAllocator;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Video over RTP between ffmpeg and us, in each format, both ways. */
class FfmpegVideoTest {

    private static final int PAYLOAD_TYPE = 96;
    private static final int TICKS_PER_FRAME = 3000;
    private static final int MAX_PAYLOAD_BYTES = 1100;

    @TempDir private Path folder;

    @ParameterizedTest
    @EnumSource
    void whatFfmpegSentBecomesTheFramesThatItEncoded(VideoFormat format) throws Exception {
        Path reference = folder.resolve("reference");
        List<byte[]> datagrams;
        try (UdpRecorder recorder = new UdpRecorder();
                Ffmpeg ffmpeg = Ffmpeg.ffmpeg(encodeTo(format, recorder.port(), reference))) {
            ffmpeg.awaitSuccess();
            datagrams = recorder.stop();
        }
        List<AssembledFrame> assembled = new ArrayList<>();
        List<byte[]> frames = new ArrayList<>();
        assemble(format, RtpIn.read(datagrams, null), assembled, frames);
        assertThat(assembled)
                .allSatisfy(
                        frame -> {
                            assertThat(frame.completeness()).isEqualTo(Completeness.COMPLETE);
                            assertThat(frame.decodable()).isTrue();
                        });
        assertThat(assembled.getFirst().keyFrame()).isTrue();
        assertThat(frames).containsExactlyElementsOf(bytes(format.frames(reference)));
    }

    @ParameterizedTest
    @EnumSource
    void ffmpegWritesTheVeryFramesThatWeSent(VideoFormat format) throws Exception {
        List<ByteBuf> frames = encode(format);
        Path written = folder.resolve("written");
        try (RtpReceiverPorts ports = new RtpReceiverPorts();
                Ffmpeg ffmpeg = Ffmpeg.ffmpeg(copyFrom(describe(format, ports), format, written))) {
            ffmpeg.awaitBound(2);
            send(format, frames, ports);
            ffmpeg.awaitSuccess();
        }
        assertThat(bytes(format.frames(written))).containsExactlyElementsOf(bytes(frames));
    }

    @ParameterizedTest
    @EnumSource
    void ffprobeDecodesEveryFrameThatWeSentWithoutAWarning(VideoFormat format) throws Exception {
        List<ByteBuf> frames = encode(format);
        Path count = folder.resolve("count");
        try (RtpReceiverPorts ports = new RtpReceiverPorts();
                Ffmpeg ffprobe = Ffmpeg.ffprobe(countFrom(describe(format, ports), count))) {
            ffprobe.awaitBound(2);
            send(format, frames, ports);
            ffprobe.awaitSuccess();
            assertThat(ffprobe.complaints()).isEmpty();
        }
        assertThat(Files.readString(count).strip()).isEqualTo("320,180," + VideoFormat.FRAMES);
    }

    private List<ByteBuf> encode(VideoFormat format) throws Exception {
        Path file = folder.resolve("encoded");
        List<String> output = List.of("-f", format.container(), file.toString());
        try (Ffmpeg ffmpeg = Ffmpeg.ffmpeg(Arguments.of(format.encode(), output))) {
            ffmpeg.awaitSuccess();
        }
        List<ByteBuf> frames = format.frames(file);
        assertThat(frames).hasSize(VideoFormat.FRAMES);
        return frames;
    }

    private static List<String> encodeTo(VideoFormat format, int port, Path reference) {
        String outputs =
                "[f=rtp:payload_type=%d]rtp\\://127.0.0.1\\:%d?pkt_size=1200&rtcpport=%d|[f=%s]%s"
                        .formatted(PAYLOAD_TYPE, port, port, format.container(), reference);
        return Arguments.of(format.encode(), List.of("-f", "tee", outputs));
    }

    private Path describe(VideoFormat format, RtpReceiverPorts ports) throws IOException {
        return Files.writeString(
                folder.resolve("stream.sdp"), format.description(ports.port(), PAYLOAD_TYPE));
    }

    private static List<String> copyFrom(Path description, VideoFormat format, Path written) {
        return Arguments.of(
                List.of("-protocol_whitelist", "file,udp,rtp", "-i", description.toString()),
                // Also what is not known to be a key frame yet, or seems to be before the start.
                List.of("-map", "0", "-c", "copy", "-copyinkf", "-copypriorss", "1"),
                List.of("-f", format.container(), written.toString()));
    }

    private static List<String> countFrom(Path description, Path count) {
        return Arguments.of(
                List.of("-protocol_whitelist", "file,udp,rtp", "-count_frames"),
                List.of("-show_entries", "stream=width,height,nb_read_frames", "-of", "csv=p=0"),
                List.of("-o", count.toString(), description.toString()));
    }

    private static void send(VideoFormat format, List<ByteBuf> frames, RtpReceiverPorts to)
            throws IOException {
        Packetizer packetizer = format.packetizer();
        RtpOut out = new RtpOut(to, PAYLOAD_TYPE, null);
        long timestamp = 0;
        for (ByteBuf frame : frames) {
            long at = timestamp;
            packetizer.packetize(
                    frame, MAX_PAYLOAD_BYTES, (payload, last) -> send(out, payload, last, at));
            timestamp += TICKS_PER_FRAME;
        }
        out.bye();
    }

    private static void send(RtpOut out, ByteBuf payload, boolean last, long timestamp) {
        try {
            out.send(payload, last, timestamp);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void assemble(
            VideoFormat format,
            List<RtpIn.Received> packets,
            List<AssembledFrame> assembled,
            List<byte[]> frames) {
        FrameAssembler assembler =
                new FrameAssembler(
                        format.codec(), format.depacketizer(), UnpooledByteBufAllocator.DEFAULT, 0);
        FrameSink sink =
                new FrameSink() {
                    @Override
                    public void onFrame(AssembledFrame frame) {
                        assembled.add(frame);
                        frames.add(ByteBufUtil.getBytes(frame.data()));
                    }

                    @Override
                    public void onGap(FrameGap gap) {
                        throw new IllegalStateException("Loopback lost " + gap);
                    }
                };
        SequenceUnwrapper numbers = new SequenceUnwrapper();
        assembler.startAt(numbers.unwrap(packets.getFirst().sequence()));
        for (RtpIn.Received packet : packets) {
            assembler.onPacket(
                    numbers.unwrap(packet.sequence()),
                    packet.timestamp(),
                    packet.marker(),
                    packet.payload(),
                    0,
                    sink);
        }
        assembler.flush(sink);
    }

    private static List<byte[]> bytes(List<ByteBuf> frames) {
        return frames.stream().map(ByteBufUtil::getBytes).toList();
    }
}
