package dev.sluice.server.router;

import dev.sluice.media.rtcp.DlrrBlock;
import dev.sluice.media.rtcp.ExtendedReport;
import dev.sluice.media.rtcp.Nack;
import dev.sluice.media.rtcp.PictureLossIndication;
import dev.sluice.media.rtcp.ReceiverReferenceTimeBlock;
import dev.sluice.media.rtcp.RtcpPacket;
import dev.sluice.media.rtcp.SourceDescription;
import dev.sluice.media.rtcp.XrBlock;
import dev.sluice.media.rtp.RtpPacket;
import dev.sluice.media.sdp.SessionDescription;
import dev.sluice.media.send.ReferenceTimeAnswers;
import dev.sluice.media.time.Deadline;
import dev.sluice.media.time.WallClock;
import dev.sluice.server.router.OfferText.Formats;

import io.netty.buffer.ByteBuf;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * Publishes audio at 50 packets a second and a VP8-like picture of three packets 30 times a second;
 * answers NACK, and PLI with a key frame.
 */
final class SimulatedPublisher extends SimulatedPeer {

    static final Formats WITH_RTX = new Formats(111, 96, 97);
    static final Formats WITHOUT_RTX = new Formats(111, 96, Formats.NO_RTX);

    static final long AUDIO_NANOS = 20_000_000L;
    static final long FRAME_NANOS = 33_000_000L;

    /** Its clock has nothing to do with anybody else's. */
    static final WallClock CLOCK = new WallClock(1_234_567_890_123_456_789L);

    private static final long REPORT_NANOS = 1_000_000_000L;
    private static final int PACKETS_PER_FRAME = 3;
    private static final long RTX_SSRC = 0xABCD_0123L;

    private static final byte[] KEY_FRAME_START = {0x10, 0, 0, 0, (byte) 0x9d, 1, 0x2a};
    private static final byte[] FRAME_START = {0x10, 1};
    private static final byte[] CONTINUATION = {0x00};

    private final Formats formats;
    private final SimulatedSource audio;
    private final SimulatedSource video;
    private final List<Long> pictureLossNanos = new ArrayList<>();
    private boolean keyFrameDue = true;
    private boolean answersPictureLoss = true;
    private boolean tellsRoundTrips;
    private final ReferenceTimeAnswers answers = new ReferenceTimeAnswers();
    private int transportSequence = 65_000;
    private long nextAudioNanos = Deadline.NEVER;
    private long nextFrameNanos = Deadline.NEVER;
    private long nextReportNanos = Deadline.NEVER;

    SimulatedPublisher(long seed, InetSocketAddress address, Formats formats) {
        super(seed, address);
        this.formats = formats;
        this.audio = new SimulatedSource(random, OfferText.AUDIO_MID, formats.opus(), 48_000);
        this.video = new SimulatedSource(random, OfferText.VIDEO_MID, formats.vp8(), 90_000);
    }

    SimulatedSource audio() {
        return audio;
    }

    SimulatedSource video() {
        return video;
    }

    /** When the server asked for a key frame. */
    List<Long> pictureLossNanos() {
        return pictureLossNanos;
    }

    /** Offers to answer the server's reference times by XR, as Chromium does. */
    void tellRoundTrips() {
        tellsRoundTrips = true;
    }

    void ignorePictureLoss() {
        answersPictureLoss = false;
    }

    @Override
    SessionDescription offer(String fingerprint) {
        SessionDescription offer =
                OfferText.of("sendonly", formats, localCredentials(), fingerprint, setup());
        return tellsRoundTrips ? OfferText.with(offer, "a=rtcp-xr:rcvr-rtt=all") : offer;
    }

    @Override
    void onAnswer(SessionDescription answer) {
        // Payload types are its own, and it announces no SSRC.
    }

    void startMedia(long nowNanos) {
        nextAudioNanos = nowNanos;
        nextFrameNanos = nowNanos;
        nextReportNanos = nowNanos + REPORT_NANOS / 4;
    }

    void stopMedia() {
        nextAudioNanos = Deadline.NEVER;
        nextFrameNanos = Deadline.NEVER;
        nextReportNanos = Deadline.NEVER;
    }

    @Override
    long nextMediaDeadlineNanos() {
        return Math.min(nextReportNanos, Math.min(nextAudioNanos, nextFrameNanos));
    }

    @Override
    void onMediaDeadline(long nowNanos, Wire out) {
        if (Deadline.isDue(nextAudioNanos, nowNanos)) {
            nextAudioNanos += AUDIO_NANOS;
            send(audio, audio.next(new byte[0], false, true, nowNanos), nowNanos, out);
        }
        if (Deadline.isDue(nextFrameNanos, nowNanos)) {
            nextFrameNanos += FRAME_NANOS;
            sendFrame(nowNanos, out);
        }
        if (Deadline.isDue(nextReportNanos, nowNanos)) {
            nextReportNanos += REPORT_NANOS;
            report(audio, nowNanos, out);
            report(video, nowNanos, out);
            answerReferenceTimes(nowNanos, out);
        }
    }

    private void answerReferenceTimes(long nowNanos, Wire out) {
        DlrrBlock answer = answers.take(nowNanos);
        if (answer != null) {
            sendRtcp(List.of(new ExtendedReport(video.ssrc(), List.of(answer))), out);
        }
    }

    private void onReferenceTimes(ExtendedReport report, long nowNanos) {
        for (XrBlock block : report.blocks()) {
            if (block instanceof ReceiverReferenceTimeBlock time) {
                if (!tellsRoundTrips) {
                    throw new AssertionError("A reference time that was not agreed on");
                }
                answers.onReferenceTime(report.senderSsrc(), time, nowNanos);
            }
        }
    }

    private void sendFrame(long nowNanos, Wire out) {
        byte[] start = keyFrameDue ? KEY_FRAME_START : FRAME_START;
        send(video, video.next(start, false, keyFrameDue, nowNanos), nowNanos, out);
        keyFrameDue = false;
        for (int i = 1; i < PACKETS_PER_FRAME; i++) {
            boolean last = i == PACKETS_PER_FRAME - 1;
            send(video, video.next(CONTINUATION, last, false, nowNanos), nowNanos, out);
        }
    }

    private void send(SimulatedSource source, SentPacket packet, long nowNanos, Wire out) {
        ByteBuf rtp = source.rtp(packet, transportSequence++, nowNanos);
        sendRtp(rtp, out);
        source.onSealed(packet, rtp);
    }

    private void report(SimulatedSource source, long nowNanos, Wire out) {
        sendRtcp(
                List.of(
                        source.report(CLOCK.ntp(nowNanos), nowNanos),
                        SourceDescription.ofCname(source.ssrc(), "publisher")),
                out);
    }

    @Override
    void onMedia(RtpPacket packet, long nowNanos, Wire out) {
        throw new AssertionError("The server sent media to a publisher");
    }

    @Override
    void onFeedback(RtcpPacket packet, long nowNanos, Wire out) {
        switch (packet) {
            case Nack nack -> onNack(nack, nowNanos, out);
            case ExtendedReport report -> onReferenceTimes(report, nowNanos);
            case PictureLossIndication pli -> {
                if (pli.mediaSsrc() != video.ssrc()) {
                    throw new AssertionError("PLI for " + pli.mediaSsrc());
                }
                pictureLossNanos.add(nowNanos);
                keyFrameDue |= answersPictureLoss;
            }
            default -> {}
        }
    }

    private void onNack(Nack nack, long nowNanos, Wire out) {
        SimulatedSource source = nack.mediaSsrc() == video.ssrc() ? video : audio;
        if (nack.mediaSsrc() != source.ssrc()) {
            throw new AssertionError("NACK for " + nack.mediaSsrc());
        }
        for (int sequence : nack.lost()) {
            if (source == video && formats.hasRtx()) {
                SentPacket packet = source.bySequenceNumber(sequence);
                sendRtp(
                        source.repair(
                                packet, formats.rtx(), RTX_SSRC, transportSequence++, nowNanos),
                        out);
            } else {
                out.send(address(), source.sealed(sequence));
            }
        }
    }
}
