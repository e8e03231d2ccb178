package dev.sluice.load.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.media.receive.RtxUnwrapper;
import dev.sluice.media.rtcp.SenderReport;
import dev.sluice.media.rtp.Codec;
import dev.sluice.media.rtp.HeaderExtension;
import dev.sluice.media.rtp.HeaderExtensionMap;
import dev.sluice.media.rtp.Mid;
import dev.sluice.media.rtp.RtpPacket;
import dev.sluice.media.rtp.TransportSequence;
import dev.sluice.media.time.Deadline;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

class SendTrackTest {

    private static final long MILLI = 1_000_000L;
    private static final long START = 50 * MILLI;
    private static final long RATE_BPS = 1_000_000;
    private static final int TRANSPORT_ID = 3;
    private static final int RUN = 9;

    private final SplittableRandom random = new SplittableRandom(4);
    private final TransportNumbers numbers = new TransportNumbers();
    private final List<ByteBuf> sent = new ArrayList<>();
    private final List<Long> sentNanos = new ArrayList<>();
    private SendTrack track = track(0);
    private long nowNanos = START;

    private SendTrack track(long burstNanos) {
        HeaderExtensionMap extensions =
                HeaderExtensionMap.of(
                        Map.of(
                                HeaderExtension.ABS_SEND_TIME, 2,
                                HeaderExtension.TRANSPORT_WIDE_CC, TRANSPORT_ID,
                                HeaderExtension.MID, 4));
        TrackSettings settings =
                new TrackSettings(
                        "1",
                        96,
                        97,
                        1000,
                        2000,
                        extensions,
                        65_530,
                        5000,
                        true,
                        RATE_BPS,
                        burstNanos,
                        RUN);
        FrameSizes sizes = new FrameSizes(random, RATE_BPS, 30);
        return new SendTrack(
                settings,
                new FrameClock(90_000, 30, new KeyFrameSchedule(10_000 * MILLI), sizes::next),
                FrameMaker.of(Codec.VP8, random),
                UnpooledByteBufAllocator.DEFAULT);
    }

    @AfterEach
    void release() {
        sent.forEach(ByteBuf::release);
        track.release();
        assertThat(track.nextDeadlineNanos()).isEqualTo(Deadline.NEVER);
    }

    private void runTo(long endNanos) {
        while (track.nextDeadlineNanos() <= endNanos) {
            nowNanos = track.nextDeadlineNanos();
            track.onDeadline(numbers, nowNanos, this::take);
        }
        nowNanos = endNanos;
    }

    private void take(ByteBuf packet) {
        sent.add(packet);
        sentNanos.add(nowNanos);
    }

    private static RtpPacket view(ByteBuf packet) {
        RtpPacket view = new RtpPacket();
        assertThat(view.wrap(packet)).isTrue();
        return view;
    }

    @Test
    void saysNothingBeforeItsStart() {
        assertThat(track.nextDeadlineNanos()).isEqualTo(Deadline.NEVER);
    }

    @Test
    void numbersAndMarksThePacketsOfFrames() {
        track.start(START);
        runTo(START + 1000 * MILLI);

        int sequence = 65_530;
        long frames = 0;
        for (int i = 0; i < sent.size(); i++) {
            RtpPacket packet = view(sent.get(i));
            assertThat(packet.sequenceNumber()).isEqualTo(sequence + i & 0xFFFF);
            assertThat(packet.ssrc()).isEqualTo(1000);
            assertThat(packet.sizeBytes()).isLessThanOrEqualTo(1200);
            assertThat(packet.timestamp()).isEqualTo(5000 + frames * 3000);
            assertThat(Mid.read(packet, 4)).isEqualTo("1");
            assertThat(TransportSequence.read(packet, TRANSPORT_ID)).isEqualTo(i);
            frames += packet.marker() ? 1 : 0;
        }
        assertThat(frames).isEqualTo(30);
    }

    @Test
    void pacesTheKeyFrameAtTwoAndAHalfTimesTheRate() {
        track.start(START);
        runTo(START + 30 * MILLI);

        long bytes = sent.stream().limit(sent.size() - 1).mapToLong(ByteBuf::readableBytes).sum();
        double pacedMillis = bytes * Byte.SIZE / (2.5 * RATE_BPS) * 1000;
        assertThat(sent.size()).isGreaterThan(5);
        assertThat(sentNanos.getFirst()).isEqualTo(START);
        assertThat((sentNanos.getLast() - START) / (double) MILLI)
                .isBetween(0.9 * pacedMillis, pacedMillis);
        assertThat(sentNanos.stream().distinct().count()).isEqualTo(sent.size());
    }

    @Test
    void sendsAtOnceWhatThePacerWouldLetGoOfWithinABurst() {
        track = track(40 * MILLI);
        track.start(START);
        runTo(START + 200 * MILLI);

        // The first frame is a key frame, which takes longer; each later one is a burst.
        List<Long> bursts = sentNanos.stream().distinct().toList();
        assertThat(bursts).startsWith(START, START + 40 * MILLI);
        assertThat(bursts).hasSizeBetween(5, 8);
    }

    @Test
    void stampsEachPacketWithTheTimeThatItLeft() {
        track.start(START);
        runTo(START + 100 * MILLI);

        for (int i = 0; i < sent.size(); i++) {
            RtpPacket packet = view(sent.get(i));
            int bytes = packet.payloadSizeBytes();
            int end = packet.payloadIndex() + bytes;
            assertThat(MediaStamp.read(sent.get(i), end, bytes, RUN)).isEqualTo(sentNanos.get(i));
        }
    }

    @Test
    void sendsWhatIsAskedForAgainByRtx() {
        track.start(START);
        runTo(START + 200 * MILLI);
        int before = sent.size();
        RtpPacket original = view(sent.get(8));

        track.onNack(List.of(original.sequenceNumber(), 30_000), numbers, nowNanos, this::take);

        assertThat(sent).hasSize(before + 1);
        RtpPacket again = view(sent.getLast());
        assertThat(again.ssrc()).isEqualTo(2000);
        assertThat(again.payloadType()).isEqualTo(97);
        assertThat(TransportSequence.read(again, TRANSPORT_ID)).isEqualTo(before);
        assertThat(RtxUnwrapper.unwrap(again, 1000, 96)).isTrue();
        assertThat(again.sequenceNumber()).isEqualTo(original.sequenceNumber());
        assertThat(again.timestamp()).isEqualTo(original.timestamp());
        assertThat(again.payloadSizeBytes()).isEqualTo(original.payloadSizeBytes());
        assertThat(track.retransmissions()).isEqualTo(1);
        assertThat(track.nacked()).isEqualTo(2);
    }

    @Test
    void makesAKeyFrameSoonAfterARequest() {
        track.start(START);
        runTo(START + 1000 * MILLI);
        assertThat(track.clock().keyFrameCount()).isEqualTo(1);

        track.onKeyFrameRequest();
        runTo(START + 1100 * MILLI);

        assertThat(track.clock().keyFrameCount()).isEqualTo(2);
    }

    @Test
    void reportsWhatItSentOnItsOwnClock() {
        track.start(START);
        runTo(START + 1000 * MILLI);

        SenderReport report = track.report(77, nowNanos);

        assertThat(report.senderSsrc()).isEqualTo(1000);
        assertThat(report.ntpTime()).isEqualTo(77);
        assertThat(report.rtpTimestamp()).isEqualTo(5000 + 90_000);
        assertThat(report.packetCount()).isEqualTo(sent.size());
        assertThat(report.octetCount())
                .isEqualTo(sent.stream().mapToLong(p -> view(p).payloadSizeBytes()).sum());
    }

    @Test
    void keepsTheRate() {
        track.start(START);
        runTo(START + 20_000 * MILLI);

        long bytes = sent.stream().mapToLong(packet -> view(packet).payloadSizeBytes()).sum();
        assertThat(bytes * 8 / 20.0).isBetween(0.97 * RATE_BPS, 1.05 * RATE_BPS);
    }
}
