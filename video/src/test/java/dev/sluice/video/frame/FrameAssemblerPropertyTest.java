package dev.sluice.video.frame;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.media.rtp.Codec;
import dev.sluice.video.frame.FrameGap.Owner;
import dev.sluice.video.payload.Depacketizer.FrameStart;
import dev.sluice.video.payload.PayloadBytes;
import dev.sluice.video.payload.h264.H264Depacketizer;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;

/** Any loss, repetition and order of arrival, held against the frames that were sent. */
class FrameAssemblerPropertyTest {

    private static final long FIRST = 65_530;
    private static final long MAX_WAIT = 20;

    /** How a packet travels: 0 and 1 lose it, 2 repeats it, the others delay it by some places. */
    static final int FATES = 12;

    private record Sent(long sequence, int frame, boolean first, boolean last, ByteBuf payload) {

        /** The NAL units after their start codes: those of an aggregate are the last 8 bytes. */
        String data() {
            String hex = ByteBufUtil.hexDump(payload);
            return hex.startsWith("78")
                    ? "0000000109f0" + "00000001" + hex.substring(hex.length() - 8)
                    : "00000001" + hex;
        }
    }

    private record Arrival(Sent packet, int place) {}

    private final FrameLog log = new FrameLog();

    @Property
    void eachFrameHasItsExactBytesOrExactlyItsMissingNumbers(
            @ForAll @Size(min = 1, max = 12) List<@IntRange(min = 1, max = 6) Integer> frameSizes,
            @ForAll @Size(72) List<@IntRange(max = FATES) Integer> fates,
            @ForAll boolean startIsTold,
            @ForAll boolean byDeadline) {
        log.events().clear();
        List<Sent> sent = send(frameSizes, startIsTold);
        FrameAssembler assembler =
                new FrameAssembler(
                        Codec.H264,
                        new H264Depacketizer(),
                        PooledByteBufAllocator.DEFAULT,
                        byDeadline ? MAX_WAIT : Long.MAX_VALUE / 2);
        assembler.startAt(FIRST);
        NavigableSet<Long> arrived = new TreeSet<>();
        long now = 0;
        for (Arrival arrival : arrivals(sent, fates)) {
            Sent packet = arrival.packet();
            assembler.onDeadline(now, log);
            PacketStatus status =
                    assembler.onPacket(
                            packet.sequence(),
                            3000L * packet.frame(),
                            packet.last(),
                            packet.payload(),
                            now,
                            log);
            assertThat(status == PacketStatus.ACCEPTED).isEqualTo(arrived.add(packet.sequence()));
            now++;
        }
        assembler.onDeadline(now + MAX_WAIT, log);
        assembler.flush(log);

        assertThat(sent).allMatch(packet -> packet.payload().refCnt() == 1);
        assertThat(log.frames()).allMatch(frame -> frame.data().refCnt() == 0);
        assertAllIsToldOnceAndInOrder(arrived);
        assertFrames(sent, arrived, startIsTold);
        assertOwners(sent, arrived, startIsTold);
        assertDecodable();
    }

    /**
     * Every third frame is a key frame. Where the start is told, the first packet of a frame holds
     * an access unit delimiter too; else it is a slice that may have others before it.
     */
    private static List<Sent> send(List<Integer> frameSizes, boolean startIsTold) {
        List<Sent> sent = new ArrayList<>();
        for (int frame = 0; frame < frameSizes.size(); frame++) {
            int packets = frameSizes.get(frame);
            for (int i = 0; i < packets; i++) {
                String before = i == 0 && startIsTold ? "78 0002 09f0 0004" : "";
                String type = frame % 3 == 0 ? "65" : "41";
                String top = i == 0 ? "88" : "08";
                String payload = before + type + top + "%02x80".formatted(sent.size());
                sent.add(
                        new Sent(
                                FIRST + sent.size(),
                                frame,
                                i == 0,
                                i == packets - 1,
                                PayloadBytes.of(payload)));
            }
        }
        return sent;
    }

    private static List<Arrival> arrivals(List<Sent> sent, List<Integer> fates) {
        List<Arrival> arrivals = new ArrayList<>();
        for (int i = 0; i < sent.size(); i++) {
            int fate = fates.get(i);
            if (fate > 1) {
                arrivals.add(new Arrival(sent.get(i), i + fate - 2));
            }
            if (fate == 2) {
                arrivals.add(new Arrival(sent.get(i), i + 4));
            }
        }
        arrivals.sort(Comparator.comparingInt(Arrival::place));
        return arrivals;
    }

    /** Each number up to the last that came is in one frame, or missing in one place. */
    private void assertAllIsToldOnceAndInOrder(NavigableSet<Long> arrived) {
        List<Long> told = new ArrayList<>();
        for (FrameLog.Event event : log.events()) {
            switch (event) {
                case FrameLog.Gap(FrameGap gap) -> told.addAll(FrameLog.numbers(gap.missing()));
                case FrameLog.Frame(AssembledFrame frame, _) -> {
                    SequenceRange all =
                            new SequenceRange(frame.firstSequence(), frame.lastSequence());
                    told.addAll(FrameLog.numbers(List.of(all)));
                    TreeSet<Long> missing = new TreeSet<>(FrameLog.numbers(List.of(all)));
                    missing.removeAll(arrived);
                    assertThat(FrameLog.numbers(frame.missing()))
                            .containsExactlyElementsOf(missing);
                }
            }
        }
        List<Long> expected =
                arrived.isEmpty()
                        ? List.of()
                        : FrameLog.numbers(List.of(new SequenceRange(FIRST, arrived.last())));
        assertThat(told).isEqualTo(expected);
    }

    private void assertFrames(List<Sent> sent, NavigableSet<Long> arrived, boolean startIsTold) {
        Map<Integer, List<Sent>> framesSent = new HashMap<>();
        sent.forEach(
                packet ->
                        framesSent
                                .computeIfAbsent(packet.frame(), _ -> new ArrayList<>())
                                .add(packet));
        int last = -1;
        for (int i = 0; i < log.frames().size(); i++) {
            AssembledFrame frame = log.frames().get(i);
            int number = (int) (frame.timestamp() / 3000);
            assertThat(number).isGreaterThan(last);
            last = number;
            List<Sent> packets = framesSent.getOrDefault(number, List.of());
            List<Sent> came = packets.stream().filter(p -> arrived.contains(p.sequence())).toList();
            boolean whole = came.size() == packets.size();
            boolean previousCame =
                    packets.getFirst().sequence() == FIRST
                            || arrived.contains(packets.getFirst().sequence() - 1);

            assertThat(String.join("", came.stream().map(Sent::data).toList()))
                    .isEqualTo(log.data().get(i));
            assertThat(frame.completeness() == Completeness.COMPLETE)
                    .isEqualTo(whole && (startIsTold || previousCame));
            assertThat(frame.completeness() == Completeness.UNCERTAIN)
                    .isEqualTo(whole && !startIsTold && !previousCame);
            assertThat(frame.keyFrame())
                    .isEqualTo(number % 3 == 0 && came.stream().anyMatch(Sent::first));
        }
        long framesOfWhichAnyCame =
                framesSent.values().stream()
                        .filter(
                                packets ->
                                        packets.stream()
                                                .anyMatch(p -> arrived.contains(p.sequence())))
                        .count();
        assertThat(log.frames()).hasSize((int) framesOfWhichAnyCame);
    }

    private void assertOwners(List<Sent> sent, NavigableSet<Long> arrived, boolean startIsTold) {
        for (FrameGap gap : log.gaps()) {
            Sent next = packet(sent, gap.lastMissing() + 1);
            boolean startKnown = gap.nextStart() != FrameStart.UNKNOWN;
            assertThat(startKnown).isEqualTo(startIsTold || !next.first());
            for (long number : FrameLog.numbers(gap.missing())) {
                Sent missing = packet(sent, number);
                Owner truth = truth(sent, arrived, gap, missing, next);
                assertThat(gap.owner(number)).isIn(truth, Owner.UNKNOWN);
                if (gap.previousEnded() && gap.nextStart() == FrameStart.YES) {
                    assertThat(gap.owner(number)).isEqualTo(Owner.LOST_FRAME);
                }
            }
            if (!gap.previousEnded() && gap.firstMissing() != gap.lastMissing()) {
                assertThat(gap.owner(gap.firstMissing())).isEqualTo(Owner.PREVIOUS);
            }
            if (gap.nextStart() == FrameStart.NO && gap.firstMissing() != gap.lastMissing()) {
                assertThat(gap.owner(gap.lastMissing())).isEqualTo(Owner.NEXT);
            }
        }
    }

    private static Owner truth(
            List<Sent> sent, NavigableSet<Long> arrived, FrameGap gap, Sent missing, Sent next) {
        if (missing.frame() == next.frame()) {
            return Owner.NEXT;
        }
        Long before = arrived.lower(gap.firstMissing());
        boolean ofPrevious = before != null && packet(sent, before).frame() == missing.frame();
        return ofPrevious ? Owner.PREVIOUS : Owner.LOST_FRAME;
    }

    private static Sent packet(List<Sent> sent, long sequence) {
        return sent.get((int) (sequence - FIRST));
    }

    private void assertDecodable() {
        boolean intact = false;
        for (FrameLog.Event event : log.events()) {
            switch (event) {
                case FrameLog.Gap _ -> intact = false;
                case FrameLog.Frame(AssembledFrame frame, _) -> {
                    boolean usable = frame.completeness() != Completeness.INCOMPLETE;
                    intact = usable && (intact || frame.keyFrame());
                    assertThat(frame.decodable()).isEqualTo(intact);
                }
            }
        }
    }

    @Property
    void anyPacketsAtAllNeitherThrowNorLeak(
            @ForAll @Size(max = 40) List<@IntRange(max = 4000) Integer> sequences,
            @ForAll @Size(min = 1, max = 8) List<@Size(max = 12) byte[]> payloads) {
        FrameAssembler assembler =
                new FrameAssembler(
                        Codec.H264,
                        new H264Depacketizer(),
                        PooledByteBufAllocator.DEFAULT,
                        MAX_WAIT);
        List<ByteBuf> buffers = payloads.stream().map(Unpooled::wrappedBuffer).toList();
        for (int i = 0; i < sequences.size(); i++) {
            int sequence = sequences.get(i);
            ByteBuf payload = buffers.get(sequence % buffers.size());
            assembler.onPacket(sequence, sequence / 7, sequence % 5 == 0, payload, i, log);
            assembler.onDeadline(i, log);
        }
        assembler.clear();

        assertThat(buffers).allMatch(buffer -> buffer.refCnt() == 1 || !buffer.isReadable());
        assertThat(log.frames()).allMatch(frame -> frame.data().refCnt() == 0);
    }
}
