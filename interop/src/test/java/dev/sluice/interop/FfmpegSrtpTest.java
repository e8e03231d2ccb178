package dev.sluice.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.srtp.context.SrtpReceiver;
import dev.sluice.srtp.context.SrtpSender;
import dev.sluice.srtp.keys.SrtpKeys;
import dev.sluice.srtp.keys.SrtpProfile;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;

/** Sound as SRTP between ffmpeg and us, with keys from SDES: AES in counter mode, both tags. */
class FfmpegSrtpTest {

    private static final int OPUS = 97;
    private static final int TICKS_PER_FRAME = 960;
    private static final int FRAMES = 50;
    private static final byte[] KEY = ascending(16, 0x10);
    private static final byte[] SALT = ascending(14, 0x40);
    private static final String INLINE =
            Base64.getEncoder()
                    .encodeToString(ByteBufUtil.getBytes(Unpooled.wrappedBuffer(KEY, SALT)));

    @TempDir private Path folder;

    @ParameterizedTest
    @EnumSource(names = {"AES_CM_128_HMAC_SHA1_80", "AES_CM_128_HMAC_SHA1_32"})
    void unprotectsWhatFfmpegProtectedBitForBit(SrtpProfile profile) throws Exception {
        Path reference = folder.resolve("reference.opus");
        List<byte[]> datagrams;
        try (UdpRecorder recorder = new UdpRecorder();
                Ffmpeg ffmpeg = Ffmpeg.ffmpeg(encodeTo(recorder.port(), profile, reference))) {
            ffmpeg.awaitSuccess();
            datagrams = recorder.stop();
        }
        SrtpReceiver receiver = new SrtpReceiver(new SrtpKeys(profile, KEY, SALT));
        List<RtpIn.Received> packets = RtpIn.read(datagrams, receiver);
        assertThat(packets).hasSizeGreaterThanOrEqualTo(FRAMES);
        assertThat(receiver.rtcpStreamCount()).isEqualTo(1);
        assertThat(payloads(packets)).isEqualTo(Files.readAllBytes(reference));
    }

    @ParameterizedTest
    @EnumSource(names = {"AES_CM_128_HMAC_SHA1_80", "AES_CM_128_HMAC_SHA1_32"})
    void ffmpegUnprotectsWhatIsProtectedHereBitForBit(SrtpProfile profile) throws Exception {
        List<byte[]> frames = OpusFrames.encode(folder.resolve("frames.opus"), FRAMES);
        Path written = folder.resolve("written.opus");
        try (RtpReceiverPorts ports = new RtpReceiverPorts();
                Ffmpeg ffmpeg =
                        Ffmpeg.ffmpeg(copyFrom(description(ports.port(), profile), written))) {
            ffmpeg.awaitBound(2);
            RtpOut out = new RtpOut(ports, OPUS, new SrtpSender(new SrtpKeys(profile, KEY, SALT)));
            long timestamp = 0;
            for (byte[] frame : frames) {
                out.send(Unpooled.wrappedBuffer(frame), false, timestamp);
                timestamp += TICKS_PER_FRAME;
            }
            out.bye();
            ffmpeg.awaitSuccess();
            assertThat(ffmpeg.complaints()).isEmpty();
        }
        ByteBuf sent = Unpooled.wrappedBuffer(frames.toArray(byte[][]::new));
        assertThat(Files.readAllBytes(written)).isEqualTo(ByteBufUtil.getBytes(sent));
    }

    private static List<String> encodeTo(int port, SrtpProfile profile, Path reference) {
        String rtp =
                "[f=rtp:payload_type=%d:srtp_out_suite=%s:srtp_out_params=%s]srtp\\://127.0.0.1\\:%d?rtcpport=%d"
                        .formatted(OPUS, suite(profile), INLINE, port, port);
        return List.of(
                "-f",
                "lavfi",
                "-i",
                "sine=frequency=440:sample_rate=48000:duration=1",
                "-c:a",
                "libopus",
                "-ac",
                "2",
                "-map",
                "0",
                "-f",
                "tee",
                rtp + "|[f=data]" + reference);
    }

    private static List<String> copyFrom(Path description, Path written) {
        return List.of(
                "-protocol_whitelist",
                "file,udp,rtp,srtp",
                "-i",
                description.toString(),
                "-map",
                "0",
                "-c",
                "copy",
                "-f",
                "data",
                written.toString());
    }

    private Path description(int port, SrtpProfile profile) throws Exception {
        return Files.writeString(
                folder.resolve("stream.sdp"),
                """
                v=0
                o=- 0 0 IN IP4 127.0.0.1
                s=-
                c=IN IP4 127.0.0.1
                t=0 0
                m=audio %d RTP/SAVP %d
                a=rtpmap:%d opus/48000/2
                a=crypto:1 %s inline:%s
                """
                        .formatted(port, OPUS, OPUS, suite(profile), INLINE));
    }

    /**
     * Under the name of DTLS-SRTP ffmpeg gives RTCP the tag of 80 bits that RFC 4568 section 6.2.2
     * wants for the short suite as well; under that of SDES it does not.
     */
    private static String suite(SrtpProfile profile) {
        return profile.name().replace("AES_CM_128", "SRTP_AES128_CM");
    }

    private static byte[] payloads(List<RtpIn.Received> packets) {
        ByteBuf all = Unpooled.buffer();
        packets.forEach(packet -> all.writeBytes(packet.payload().duplicate()));
        return ByteBufUtil.getBytes(all);
    }

    private static byte[] ascending(int size, int first) {
        byte[] bytes = new byte[size];
        for (int i = 0; i < size; i++) {
            bytes[i] = (byte) (first + i);
        }
        return bytes;
    }
}
