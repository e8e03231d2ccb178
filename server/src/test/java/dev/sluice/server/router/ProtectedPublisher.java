package dev.sluice.server.router;

import dev.sluice.media.fec.FecFormat;
import dev.sluice.media.fec.FecSender;
import dev.sluice.media.fec.Protection;
import dev.sluice.media.fec.RedAudioSender;
import dev.sluice.media.fec.RedWriter;
import dev.sluice.media.rtcp.Nack;
import dev.sluice.media.rtcp.PictureLossIndication;
import dev.sluice.media.rtcp.RtcpPacket;
import dev.sluice.media.rtp.HeaderExtension;
import dev.sluice.media.rtp.RtpHeaderWriter;
import dev.sluice.media.rtp.RtpPacket;
import dev.sluice.media.sdp.SessionDescription;
import dev.sluice.media.time.Deadline;
import dev.sluice.server.router.OfferText.Formats;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * Publishes video of five packets a frame with FEC, and redundant audio; loses what it is told to,
 * and never sends anything again.
 */
final class ProtectedPublisher extends SimulatedPeer {

    private static final Formats FORMATS = new Formats(111, 96, Formats.NO_RTX);
    private static final int RED = 118;
    private static final int ULPFEC = 120;
    private static final int FLEXFEC_03 = 49;
    private static final int FLEXFEC = 50;
    private static final int AUDIO_RED = 63;

    private static final long VIDEO_SSRC = 0x1111_0000L;
    private static final long AUDIO_SSRC = 0x2222_0000L;
    private static final long FEC_SSRC = 0x3333_0000L;
    private static final int PACKETS_PER_FRAME = 5;
    private static final byte[] KEY_FRAME_START = {0x10, 0, 0, 0, (byte) 0x9d, 1, 0x2a};
    private static final byte[] FRAME_START = {0x10, 1};
    private static final byte[] CONTINUATION = {0x00};

    private final FecFormat format;
    private final FecSender fec;
    private final RedAudioSender red = new RedAudioSender(AUDIO_RED, 111, 1);
    private final RtpHeaderWriter writer = new RtpHeaderWriter();
    private final List<byte[]> video = new ArrayList<>();
    private final List<byte[]> audio = new ArrayList<>();
    private IntPredicate losesVideo = _ -> false;
    private IntPredicate losesRepairs = _ -> false;
    private IntPredicate losesAudio = _ -> false;
    private int repairs;
    private int pictureLosses;
    private int nacks;
    private boolean keyFrameDue = true;
    private int videoSequence = 65_400;
    private int audioSequence = 65_500;
    private long nextNanos = Deadline.NEVER;

    ProtectedPublisher(long seed, FecFormat format) {
        super(seed, new InetSocketAddress("198.51.100.77", 40_077));
        this.format = format;
        this.fec =
                switch (format) {
                    case ULPFEC -> FecSender.ulpFec(RED, ULPFEC, VIDEO_SSRC, OfferText.EXTENSIONS);
                    case FLEXFEC_03 -> flexFec(FLEXFEC_03);
                    case FLEXFEC -> flexFec(FLEXFEC);
                };
        fec.protection(new Protection(PACKETS_PER_FRAME, 1));
    }

    private FecSender flexFec(int payloadType) {
        return FecSender.flexFec(
                format, payloadType, FEC_SSRC, VIDEO_SSRC, 65_535, OfferText.EXTENSIONS);
    }

    void start(long nowNanos) {
        nextNanos = nowNanos;
    }

    void stop() {
        nextNanos = Deadline.NEVER;
    }

    /** Which packets are lost, by their place among all that were sent, from now on. */
    void lose(IntPredicate video, IntPredicate repairs, IntPredicate audio) {
        losesVideo = video;
        losesRepairs = repairs;
        losesAudio = audio;
    }

    List<byte[]> video() {
        return video;
    }

    List<byte[]> audio() {
        return audio;
    }

    int repairs() {
        return repairs;
    }

    int pictureLosses() {
        return pictureLosses;
    }

    int nacks() {
        return nacks;
    }

    @Override
    SessionDescription offer(String fingerprint) {
        String plain =
                OfferText.of("sendonly", FORMATS, localCredentials(), fingerprint, setup())
                        .toString();
        String formats =
                switch (format) {
                    case ULPFEC -> "a=rtpmap:118 red/90000\r\na=rtpmap:120 ulpfec/90000\r\n";
                    case FLEXFEC_03 -> "a=rtpmap:49 flexfec-03/90000\r\n";
                    case FLEXFEC -> "a=rtpmap:50 flexfec/90000\r\n";
                };
        return OfferText.parse(
                plain.replace("SAVPF 96", "SAVPF 96 118 120 49 50")
                        .replace("SAVPF 111", "SAVPF 111 63")
                        .replace("a=rtpmap:96", formats + "a=rtpmap:96")
                        .replace(
                                "a=rtpmap:111",
                                "a=rtpmap:63 red/48000/2\r\na=fmtp:63 111/111\r\na=rtpmap:111"));
    }

    @Override
    void onAnswer(SessionDescription answer) {
        if (!answer.toString().contains("a=fmtp:63 111/111")) {
            throw new AssertionError("redundant audio was not taken: " + answer);
        }
    }

    @Override
    long nextMediaDeadlineNanos() {
        return nextNanos;
    }

    @Override
    void onMediaDeadline(long nowNanos, Wire out) {
        nextNanos += SimulatedPublisher.FRAME_NANOS;
        long ticks = nowNanos / 1_000_000;
        sendAudio(48 * ticks, out);
        for (int i = 0; i < PACKETS_PER_FRAME; i++) {
            byte[] start = i > 0 ? CONTINUATION : keyFrameDue ? KEY_FRAME_START : FRAME_START;
            sendVideo(start, i == PACKETS_PER_FRAME - 1, 90 * ticks, out);
            keyFrameDue = false;
        }
    }

    private void sendVideo(byte[] start, boolean marker, long timestamp, Wire out) {
        byte[] payload = payload(start);
        ByteBuf rtp = Unpooled.buffer(1_500);
        boolean inRed = format == FecFormat.ULPFEC;
        header(rtp, inRed ? RED : 96, marker, videoSequence++, timestamp, VIDEO_SSRC, "1");
        if (inRed) {
            RedWriter.primaryHead(rtp, 96);
        }
        rtp.writeBytes(payload);
        List<ByteBuf> due = new ArrayList<>();
        fec.onSent(wrap(rtp), new Output(due));
        boolean lost = losesVideo.test(video.size());
        video.add(payload);
        if (!lost) {
            sendRtp(rtp, out);
        }
        for (ByteBuf repair : due) {
            if (!losesRepairs.test(repairs++)) {
                sendRtp(repair, out);
            }
        }
    }

    private void sendAudio(long timestamp, Wire out) {
        byte[] payload = payload(new byte[0]);
        ByteBuf plain = Unpooled.buffer(1_500);
        header(plain, 111, false, audioSequence++, timestamp, AUDIO_SSRC, "0");
        plain.writeBytes(payload);
        ByteBuf rtp = Unpooled.buffer(1_500);
        red.write(wrap(plain), rtp);
        boolean lost = losesAudio.test(audio.size());
        audio.add(payload);
        if (!lost) {
            sendRtp(rtp, out);
        }
    }

    private byte[] payload(byte[] start) {
        byte[] payload = new byte[100 + random.nextInt(300)];
        random.nextBytes(payload);
        System.arraycopy(start, 0, payload, 0, start.length);
        return payload;
    }

    private void header(
            ByteBuf out,
            int payloadType,
            boolean marker,
            int sequence,
            long timestamp,
            long ssrc,
            String mid) {
        writer.begin(out, payloadType, marker, sequence & 0xFFFF, timestamp, ssrc);
        writer.element(
                OfferText.EXTENSIONS.id(HeaderExtension.MID),
                mid.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        writer.element(
                OfferText.EXTENSIONS.id(HeaderExtension.ABS_SEND_TIME), 3, random.nextInt(1 << 24));
        writer.end();
    }

    private static RtpPacket wrap(ByteBuf rtp) {
        RtpPacket packet = new RtpPacket();
        if (!packet.wrap(rtp)) {
            throw new AssertionError("not RTP");
        }
        return packet;
    }

    /** Something in a repair stream's place that is not a repair packet. */
    void sendMalformedRepair(Wire out) {
        ByteBuf rtp = Unpooled.buffer(1_500);
        header(rtp, FLEXFEC_03, false, 1_000, 0, FEC_SSRC, "1");
        sendRtp(rtp.writeZero(10), out);
    }

    @Override
    void onMedia(RtpPacket packet, long nowNanos, Wire out) {
        throw new AssertionError("The server sent media to a publisher");
    }

    @Override
    void onFeedback(RtcpPacket packet, long nowNanos, Wire out) {
        switch (packet) {
            case PictureLossIndication _ -> {
                pictureLosses++;
                keyFrameDue = true;
            }
            case Nack _ -> nacks++;
            default -> {}
        }
    }

    private final class Output implements FecSender.Output {

        private final List<ByteBuf> due;

        Output(List<ByteBuf> due) {
            this.due = due;
        }

        @Override
        public ByteBuf allocate(int sizeBytes) {
            return Unpooled.buffer(sizeBytes + 100);
        }

        @Override
        public int takeSequenceNumber() {
            return videoSequence++ & 0xFFFF;
        }

        @Override
        public void onRepairPacket(ByteBuf packet) {
            due.add(packet);
        }
    }
}
