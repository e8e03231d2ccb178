package dev.sluice.video.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.media.rtp.Codec;
import dev.sluice.media.time.Deadline;
import dev.sluice.video.frame.FrameGap.Owner;
import dev.sluice.video.payload.Depacketizer.FrameStart;
import dev.sluice.video.payload.NalStreams;
import dev.sluice.video.payload.PayloadBytes;
import dev.sluice.video.payload.RecordedPackets;
import dev.sluice.video.payload.h264.H264Depacketizer;
import dev.sluice.video.payload.h265.H265Depacketizer;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

/**
 * Frames of H.264: an access unit delimiter (09) is known to be first, a slice below the top (41
 * 08, 65 08) not to be, and a slice at the top (41 9a, 65 88) may have others before it.
 */
class FrameAssemblerTest {

    private static final long MAX_WAIT = 50_000_000;
    private static final String NO_BYTES = "";

    private final FrameAssembler assembler = assembler(Codec.H264);
    private final FrameLog log = new FrameLog();
    private long now = 1_000_000_000;

    @AfterEach
    void releaseWhatWaits() {
        assembler.clear();
    }

    @Test
    void aFrameEndsWithItsMarker() {
        packet(1, 3000, "09 f0", false);
        packet(2, 3000, "65 88", false);
        assertThat(log.events()).isEmpty();

        packet(3, 3000, "65 08", true);

        assertThat(log.data()).containsExactly("0000000109f0" + "000000016588" + "000000016508");
        AssembledFrame frame = log.frames().getFirst();
        assertThat(frame.firstSequence()).isEqualTo(1);
        assertThat(frame.lastSequence()).isEqualTo(3);
        assertThat(frame.timestamp()).isEqualTo(3000);
        assertThat(frame.keyFrame()).isTrue();
        assertThat(frame.completeness()).isEqualTo(Completeness.COMPLETE);
        assertThat(frame.decodable()).isTrue();
        assertThat(assembler.nextDeadlineNanos()).isEqualTo(Deadline.NEVER);
    }

    @Test
    void aFrameWithoutAMarkerEndsWithTheNextTimestamp() {
        begin(1);
        packet(1, 3000, "65 88", false);
        packet(2, 6000, "41 9a", false);

        assertThat(log.data()).containsExactly("000000016588");
        assertThat(log.frames().getFirst().completeness()).isEqualTo(Completeness.COMPLETE);
        assertThat(log.frames().getFirst().endKnown()).isTrue();
    }

    @Test
    void reorderedAndRepeatedPacketsComeOutInOrderAndOnce() {
        begin(10);
        assertThat(packet(12, 6000, "41 9a", true)).isEqualTo(PacketStatus.ACCEPTED);
        assertThat(packet(12, 6000, "41 9a", true)).isEqualTo(PacketStatus.DUPLICATE);
        assertThat(packet(11, 3000, "65 08", true)).isEqualTo(PacketStatus.ACCEPTED);
        assertThat(log.events()).isEmpty();
        assertThat(packet(10, 3000, "65 88", false)).isEqualTo(PacketStatus.ACCEPTED);
        assertThat(packet(11, 3000, "65 08", true)).isEqualTo(PacketStatus.TOO_LATE);

        assertThat(log.data()).containsExactly("000000016588000000016508", "00000001419a");
        assertThat(log.frames()).allMatch(AssembledFrame::decodable);
    }

    @Test
    void whatIsMissingInsideAFrameIsToldWithIt() {
        begin(1);
        packet(1, 3000, "65 88", false);
        packet(4, 3000, "65 08", false);
        packet(6, 3000, "65 09", true);
        waitLongest();

        AssembledFrame frame = log.frames().getFirst();
        assertThat(frame.completeness()).isEqualTo(Completeness.INCOMPLETE);
        assertThat(frame.missing())
                .containsExactly(new SequenceRange(2, 3), new SequenceRange(5, 5));
        assertThat(frame.endKnown()).isTrue();
        assertThat(frame.decodable()).isFalse();
        assertThat(log.data()).containsExactly("000000016588" + "000000016508" + "000000016509");
        assertThat(log.gaps()).isEmpty();
    }

    @Test
    void fragmentsAroundALossAreLeftOut() {
        begin(1);
        packet(1, 3000, "67 42", false);
        packet(2, 3000, "7c 85 88", false);
        packet(4, 3000, "7c 05 89", false);
        packet(5, 3000, "7c 45 8a", false);
        packet(6, 3000, "65 08", true);
        waitLongest();

        AssembledFrame frame = log.frames().getFirst();
        assertThat(frame.missing()).containsExactly(new SequenceRange(3, 3));
        assertThat(frame.unusablePackets()).isEqualTo(2);
        assertThat(log.data()).containsExactly("000000016742" + "000000016508");
    }

    @Test
    void packetsBetweenAnEndAndAStartAreOfLostFrames() {
        begin(1);
        packet(1, 3000, "65 88", true);
        packet(4, 9000, "09 f0", false);
        packet(5, 9000, "41 9a", true);
        waitLongest();

        assertThat(log.events()).hasSize(3);
        FrameGap gap = log.gaps().getFirst();
        assertThat(gap.missing()).containsExactly(new SequenceRange(2, 3));
        assertThat(gap.owner(2)).isEqualTo(Owner.LOST_FRAME);
        assertThat(gap.owner(3)).isEqualTo(Owner.LOST_FRAME);
        assertThat(completeness()).containsOnly(Completeness.COMPLETE);
        assertThat(decodable()).containsExactly(true, false);
    }

    @Test
    void packetsBetweenAFrameWithoutEndAndOneWithoutStartAreOfBothOrOfLostFrames() {
        begin(1);
        packet(1, 3000, "65 88", false);
        packet(6, 9000, "41 08", true);
        waitLongest();

        FrameGap gap = log.gaps().getFirst();
        assertThat(gap.owner(2)).isEqualTo(Owner.PREVIOUS);
        assertThat(gap.owner(3)).isEqualTo(Owner.UNKNOWN);
        assertThat(gap.owner(4)).isEqualTo(Owner.UNKNOWN);
        assertThat(gap.owner(5)).isEqualTo(Owner.NEXT);
        assertThat(completeness()).containsOnly(Completeness.INCOMPLETE);
        assertThat(log.frames().getFirst().endKnown()).isFalse();
        assertThat(log.frames().getLast().start()).isEqualTo(FrameStart.NO);
    }

    @Test
    void aFrameWhoseStartTheFormatDoesNotTellIsUncertainAfterALoss() {
        begin(1);
        packet(1, 3000, "65 88", true);
        packet(3, 6000, "41 9a", true);
        packet(4, 9000, "41 9a", true);
        waitLongest();

        assertThat(log.gaps().getFirst().owner(2)).isEqualTo(Owner.UNKNOWN);
        assertThat(completeness())
                .containsExactly(
                        Completeness.COMPLETE, Completeness.UNCERTAIN, Completeness.COMPLETE);
        assertThat(decodable()).containsExactly(true, false, false);
    }

    @Test
    void framesAreDecodableAgainFromTheNextKeyFrameOn() {
        begin(1);
        packet(1, 3000, "65 88", true);
        packet(3, 6000, "41 9a", true);
        packet(4, 9000, "65 88", true);
        packet(5, 12000, "41 9a", true);
        packet(7, 15000, "67 42", false);
        packet(8, 15000, "65 88", true);
        waitLongest();

        assertThat(decodable()).containsExactly(true, false, true, true, true);
        assertThat(log.frames().getLast().completeness()).isEqualTo(Completeness.UNCERTAIN);
    }

    @Test
    void aStreamThatBeginsWithoutAKeyFrameIsNotDecodable() {
        packet(1, 3000, "41 9a", true);
        packet(2, 6000, "41 9a", true);

        assertThat(completeness()).containsExactly(Completeness.UNCERTAIN, Completeness.COMPLETE);
        assertThat(decodable()).containsExactly(false, false);
    }

    @Test
    void aStreamThatBeginsInsideAFrameSaysSo() {
        packet(7, 3000, "65 08", true);

        assertThat(completeness()).containsExactly(Completeness.INCOMPLETE);
        assertThat(packet(6, 3000, "65 88", false)).isEqualTo(PacketStatus.TOO_LATE);
    }

    @Test
    void whatIsMissingBeforeTheFirstPacketIsToldWhereTheStartIsKnown() {
        begin(5);
        packet(7, 3000, "09 f0", true);
        waitLongest();

        assertThat(log.gaps().getFirst().missing()).containsExactly(new SequenceRange(5, 6));
        assertThat(log.gaps().getFirst().owner(5)).isEqualTo(Owner.LOST_FRAME);
    }

    @Test
    void eachMissingPacketIsWaitedForFromWhenItWasNoticed() {
        begin(1);
        packet(2, 3000, "41 9a", true);
        assertThat(assembler.nextDeadlineNanos()).isEqualTo(now + MAX_WAIT);
        long first = now;

        now += 10_000_000;
        packet(4, 6000, "41 9a", true);
        assembler.onDeadline(first + MAX_WAIT - 1, log);
        assertThat(log.events()).isEmpty();

        assembler.onDeadline(first + MAX_WAIT, log);
        assertThat(log.frames()).hasSize(1);
        assertThat(assembler.nextDeadlineNanos()).isEqualTo(now + MAX_WAIT);

        assembler.onDeadline(now + MAX_WAIT, log);
        assertThat(log.frames()).hasSize(2);
        assertThat(assembler.nextDeadlineNanos()).isEqualTo(Deadline.NEVER);
    }

    @Test
    void aPacketThatComesBeforeItIsGivenUpFillsItsPlace() {
        begin(1);
        packet(2, 3000, "65 08", true);
        now += MAX_WAIT - 1;
        packet(1, 3000, "65 88", false);

        assertThat(completeness()).containsExactly(Completeness.COMPLETE);
    }

    @Test
    void aFrameWhoseEndDoesNotComeIsGivenOutAndItsRestAfterIt() {
        begin(1);
        packet(1, 3000, "65 88", false);
        waitLongest();
        assertThat(completeness()).containsExactly(Completeness.INCOMPLETE);
        assertThat(log.frames().getFirst().endKnown()).isFalse();

        packet(2, 3000, "41 9a", true);
        packet(3, 6000, "41 9a", true);

        assertThat(completeness())
                .containsExactly(
                        Completeness.INCOMPLETE, Completeness.INCOMPLETE, Completeness.COMPLETE);
        assertThat(log.frames().get(1).start()).isEqualTo(FrameStart.NO);
        assertThat(decodable()).containsExactly(false, false, false);
        assertThat(log.gaps()).isEmpty();
    }

    @Test
    void packetsWithoutPayloadAreOfNoFrameAndLeaveNoGap() {
        begin(1);
        packet(1, 3000, "65 88", true);
        packet(2, 3000, NO_BYTES, false);
        packet(3, 6000, NO_BYTES, false);
        packet(4, 6000, "41 9a", false);
        packet(5, 6000, NO_BYTES, false);
        packet(6, 6000, "41 08", true);

        assertThat(completeness()).containsExactly(Completeness.COMPLETE, Completeness.COMPLETE);
        assertThat(decodable()).containsExactly(true, true);
        assertThat(log.gaps()).isEmpty();
    }

    @Test
    void aGapAroundAPacketWithoutPayloadIsOneGap() {
        begin(1);
        packet(1, 3000, "65 88", true);
        packet(3, 3000, NO_BYTES, false);
        packet(5, 9000, "09 f0", true);
        waitLongest();

        assertThat(log.gaps()).hasSize(1);
        assertThat(log.gaps().getFirst().missing())
                .containsExactly(new SequenceRange(2, 2), new SequenceRange(4, 4));
    }

    @Test
    void aPacketBeyondTheWindowGivesUpTheOldest() {
        begin(1);
        packet(2, 3000, "41 9a", true);
        packet(FrameAssembler.WINDOW_PACKETS, 6000, "41 9a", true);
        assertThat(log.events()).isEmpty();

        packet(FrameAssembler.WINDOW_PACKETS + 1, 9000, "41 9a", true);

        assertThat(log.frames()).hasSize(1);
        assertThat(log.gaps().getFirst().missing()).containsExactly(new SequenceRange(1, 1));
        assembler.flush(log);
        assertThat(log.frames()).hasSize(3);
        assertThat(log.gaps().getLast().missing())
                .containsExactly(new SequenceRange(3, FrameAssembler.WINDOW_PACKETS - 1));
    }

    @Test
    void aJumpOfAnySizeIsOneGap() {
        begin(1);
        packet(1, 3000, "65 88", true);
        packet(Long.MAX_VALUE - 1, 6000, "41 9a", true);
        waitLongest();

        assertThat(log.gaps()).hasSize(1);
        assertThat(log.gaps().getFirst().missing())
                .containsExactly(new SequenceRange(2, Long.MAX_VALUE - 2));
    }

    @Test
    void aFrameHoldsNoMoreThanItsLargestSize() {
        begin(1);
        ByteBuf slice = Unpooled.buffer().writeBytes(new byte[64_000]).setByte(0, 0x41);
        int fit = FrameAssembler.MAX_FRAME_BYTES / 64_000;
        for (int i = 1; i <= fit + 3; i++) {
            assembler.onPacket(i, 3000, i == fit + 3, slice, now, log);
        }

        AssembledFrame frame = log.frames().getFirst();
        assertThat(frame.unusablePackets()).isEqualTo(3);
        assertThat(frame.completeness()).isEqualTo(Completeness.INCOMPLETE);
        assertThat(log.data().getFirst().length()).isEqualTo(2 * fit * 64_004);
    }

    @Test
    void malformedPayloadsMakeAFrameIncompleteWithoutAMissingPacket() {
        begin(1);
        packet(1, 3000, "65 88", false);
        packet(2, 3000, "7f 00", false);
        packet(3, 3000, "65 08", true);

        AssembledFrame frame = log.frames().getFirst();
        assertThat(frame.completeness()).isEqualTo(Completeness.INCOMPLETE);
        assertThat(frame.unusablePackets()).isEqualTo(1);
        assertThat(frame.missing()).isEmpty();
    }

    @Test
    void moreRangesThanAreKeptBecomeOne() {
        begin(1);
        long last = 2 * SequenceRanges.MAX_RANGES + 21;
        for (long sequence = 1; sequence <= last; sequence += 2) {
            packet(sequence, 3000, "65 08", sequence == last);
        }
        assembler.flush(log);

        List<SequenceRange> missing = log.frames().getFirst().missing();
        assertThat(missing).hasSize(SequenceRanges.MAX_RANGES);
        assertThat(missing.getFirst()).isEqualTo(new SequenceRange(2, 2));
        assertThat(missing.getLast())
                .isEqualTo(new SequenceRange(2 * SequenceRanges.MAX_RANGES, last - 1));
    }

    @Test
    void flushGivesOutAllThatCame() {
        begin(1);
        packet(2, 3000, "41 9a", false);
        packet(4, 6000, "41 9a", false);
        assembler.flush(log);

        assertThat(log.frames()).hasSize(2);
        assertThat(log.frames()).noneMatch(AssembledFrame::endKnown);
        assertThat(assembler.nextDeadlineNanos()).isEqualTo(Deadline.NEVER);
    }

    @Test
    void waitingPacketsAreRetainedAndReleased() {
        ByteBuf payload = PooledByteBufAllocator.DEFAULT.buffer().writeBytes(new byte[] {0x41, 8});
        begin(1);
        assembler.onPacket(2, 3000, true, payload, now, log);
        assertThat(payload.refCnt()).isEqualTo(2);
        payload.clear().release(); // the caller's part is over; the packet stays as it was

        packet(1, 3000, "65 88", false);

        assertThat(payload.refCnt()).isZero();
        assertThat(log.data()).containsExactly("000000016588" + "000000014108");
    }

    @Test
    void clearReleasesWhatWaitsAndBeginsAnew() {
        ByteBuf payload = Unpooled.copiedBuffer(PayloadBytes.of("41 9a"));
        begin(1);
        packet(1, 3000, "65 88", false);
        assembler.onPacket(3, 6000, true, payload, now, log);

        assembler.clear();

        assertThat(payload.refCnt()).isEqualTo(1);
        assertThat(assembler.nextDeadlineNanos()).isEqualTo(Deadline.NEVER);
        packet(1, 9000, "65 88", true);
        assertThat(log.data()).containsExactly("000000016588");
    }

    @Test
    void whoKeepsAFrameRetainsItsData() {
        List<ByteBuf> kept = new ArrayList<>();
        FrameSink keeper =
                new FrameSink() {
                    @Override
                    public void onFrame(AssembledFrame frame) {
                        kept.add(frame.data().retain());
                    }

                    @Override
                    public void onGap(FrameGap gap) {
                        throw new AssertionError(gap);
                    }
                };
        begin(1);
        assembler.onPacket(1, 3000, true, PayloadBytes.of("65 88"), now, keeper);
        assembler.onPacket(2, 6000, true, PayloadBytes.of("41 9a"), now, keeper);

        assertThat(kept.getFirst()).isEqualTo(PayloadBytes.of("00000001 65 88"));
        assertThat(kept).allMatch(data -> data.refCnt() == 1);
        kept.forEach(ByteBuf::release);
    }

    @Test
    void refusesWrongUse() {
        assertThatThrownBy(() -> packet(-1, 0, "65 88", true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("-1");
        packet(1, 0, "65 88", true);
        assertThatThrownBy(() -> assembler.startAt(5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("5");
        assertThatThrownBy(
                        () ->
                                new FrameAssembler(
                                        Codec.H264,
                                        new H264Depacketizer(),
                                        ByteBufAllocator.DEFAULT,
                                        -1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theRecordedH264StreamComesOutFrameByFrame() {
        assertRecording(Codec.H264, "h264-160x120");
    }

    @Test
    void theRecordedH265StreamComesOutFrameByFrame() {
        assertRecording(Codec.H265, "h265-160x120");
    }

    private void assertRecording(Codec codec, String name) {
        FrameAssembler recorded = assembler(codec);
        for (var packet : RecordedPackets.of(name + ".rtp")) {
            recorded.onPacket(
                    packet.sequenceNumber(),
                    packet.timestamp(),
                    packet.marker(),
                    packet.buffer().slice(packet.payloadIndex(), packet.payloadSizeBytes()),
                    now,
                    log);
        }

        assertThat(log.frames()).hasSize(12).allMatch(AssembledFrame::decodable);
        assertThat(log.frames().stream().filter(AssembledFrame::keyFrame)).hasSize(2);
        assertThat(NalStreams.nalUnits(PayloadBytes.of(String.join("", log.data()))))
                .isEqualTo(
                        NalStreams.nalUnits(
                                NalStreams.recorded(
                                        name + (codec == Codec.H264 ? ".h264" : ".h265"))));
    }

    private static FrameAssembler assembler(Codec codec) {
        return new FrameAssembler(
                codec,
                codec == Codec.H265 ? new H265Depacketizer() : new H264Depacketizer(),
                PooledByteBufAllocator.DEFAULT,
                MAX_WAIT);
    }

    private void begin(long sequence) {
        assembler.startAt(sequence);
    }

    private PacketStatus packet(long sequence, long timestamp, String payload, boolean marker) {
        return assembler.onPacket(sequence, timestamp, marker, PayloadBytes.of(payload), now, log);
    }

    private void waitLongest() {
        now += MAX_WAIT;
        assembler.onDeadline(now, log);
    }

    private List<Completeness> completeness() {
        return log.frames().stream().map(AssembledFrame::completeness).toList();
    }

    private List<Boolean> decodable() {
        return log.frames().stream().map(AssembledFrame::decodable).toList();
    }
}
