package dev.sluice.media.rtcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.Size;

import java.util.ArrayList;
import java.util.List;

class RtcpPropertiesTest {

    private static final int[] TYPES = {199, 200, 201, 202, 203, 204, 205, 206, 207};

    @Property
    void compoundPacketsSurviveTheWayThereAndBack(
            @ForAll @Size(max = 8) List<@From("packets") WritableRtcp> packets) {
        ByteBuf out = Unpooled.buffer().writeZero(5).readerIndex(5);
        var writer = new RtcpWriter(out, Integer.MAX_VALUE);
        int size = 0;
        for (WritableRtcp packet : packets) {
            assertThat(writer.append(packet)).isTrue();
            size += packet.sizeBytes();
        }
        assertThat(writer.sizeBytes()).isEqualTo(size).isEqualTo(out.readableBytes());
        assertThat(writer.isEmpty()).isEqualTo(packets.isEmpty());

        var read = new ArrayList<RtcpPacket>();
        var status = RtcpReader.read(out, read::add);
        assertThat(status).isEqualTo(packets.isEmpty() ? RtcpStatus.MALFORMED : RtcpStatus.OK);
        assertThat(read).isEqualTo(packets);
        assertThat(out.readerIndex()).isEqualTo(5);
    }

    @Property(tries = 5000)
    void arbitraryBytesNeverThrow(
            @ForAll @Size(max = 120) byte[] bytes,
            @ForAll byte typeSeed,
            @ForAll boolean framed,
            @ForAll boolean padded) {
        if (framed && bytes.length >= 4) {
            bytes[0] = (byte) (0x80 | (padded ? 0x20 : 0) | (bytes[0] & 0x1F));
            bytes[1] = (byte) TYPES[Math.floorMod(typeSeed, TYPES.length)];
            bytes[2] = 0;
            bytes[3] = (byte) (bytes.length / 4 - 1);
        }
        ByteBuf datagram = Unpooled.wrappedBuffer(bytes);
        assertThat(RtcpReader.read(datagram, packet -> assertThat(packet).isNotNull())).isNotNull();
        assertThat(datagram.readableBytes()).isEqualTo(bytes.length);
    }

    @Property(tries = 3000)
    void damagedPacketsNeverThrow(
            @ForAll("packets") WritableRtcp packet,
            @ForAll int position,
            @ForAll byte value,
            @ForAll int cut) {
        ByteBuf out = Unpooled.buffer();
        packet.write(out);
        out.setByte(Math.floorMod(position, out.readableBytes()), value);
        out.writerIndex(out.writerIndex() - Math.floorMod(cut, 8) % out.readableBytes());
        assertThat(RtcpReader.read(out, read -> assertThat(read).isNotNull())).isNotNull();
    }

    @Property
    void aChunkNeverCoversFewerThanSevenPacketsButAtTheEnd(
            @ForAll("transportFeedback") TransportFeedback feedback) {
        var chunks = new StatusChunkWriter(feedback.arrivals(), feedback.statusCount());
        int count = 0;
        while (chunks.hasNext()) {
            chunks.nextChunk();
            count++;
        }
        assertThat(count).isLessThanOrEqualTo((feedback.statusCount() + 6) / 7);
    }

    @Provide
    Arbitrary<WritableRtcp> packets() {
        return Arbitraries.oneOf(
                List.of(
                        senderReports(),
                        Combinators.combine(uint32(), blocks()).as(ReceiverReport::new),
                        chunks().list().ofMaxSize(31).map(SourceDescription::new),
                        Combinators.combine(uint32().list().ofMaxSize(31), text()).as(Bye::new),
                        Combinators.combine(uint32(), uint32(), lost()).as(Nack::new),
                        Combinators.combine(uint32(), uint32()).as(PictureLossIndication::new),
                        Combinators.combine(uint32(), entries()).as(FullIntraRequest::new),
                        Combinators.combine(uint32(), bitrates(), uint32().list().ofMaxSize(255))
                                .as(Remb::new),
                        transportFeedback()));
    }

    @Provide
    Arbitrary<TransportFeedback> transportFeedback() {
        return Combinators.combine(
                        uint32(),
                        uint32(),
                        between(0, 65535),
                        between(0, 200),
                        between(-(1 << 23), (1 << 23) - 1),
                        between(0, 255),
                        arrivals())
                .as(
                        (sender, media, base, trailing, reference, count, arrivals) -> {
                            int reported =
                                    arrivals.size() == 0
                                            ? 1
                                            : arrivals.offset(arrivals.size() - 1) + 1;
                            return new TransportFeedback(
                                    sender,
                                    media,
                                    base,
                                    reported + trailing,
                                    reference,
                                    count,
                                    arrivals);
                        });
    }

    private static Arbitrary<PacketArrivals> arrivals() {
        var gaps =
                Arbitraries.frequencyOf(
                        Tuple.of(30, Arbitraries.just(0)),
                        Tuple.of(5, between(0, 20)),
                        Tuple.of(1, between(0, 600)));
        var deltas =
                Arbitraries.frequencyOf(
                        Tuple.of(30, between(0, 255)), Tuple.of(2, between(-32768, 32767)));
        return Combinators.combine(gaps, deltas)
                .as((gap, delta) -> new int[] {gap, delta})
                .list()
                .ofMaxSize(100)
                .map(RtcpPropertiesTest::arrivalsOf);
    }

    private static PacketArrivals arrivalsOf(List<int[]> gapsAndDeltas) {
        var arrivals = new PacketArrivals.Builder();
        int offset = 0;
        for (int[] gapAndDelta : gapsAndDeltas) {
            offset += gapAndDelta[0];
            arrivals.add(offset++, gapAndDelta[1]);
        }
        return arrivals.build();
    }

    private static Arbitrary<SenderReport> senderReports() {
        return Combinators.combine(
                        uint32(), Arbitraries.longs(), uint32(), uint32(), uint32(), blocks())
                .as(SenderReport::new);
    }

    private static Arbitrary<List<ReportBlock>> blocks() {
        return Combinators.combine(
                        uint32(),
                        between(0, 255),
                        between(ReportBlock.MIN_CUMULATIVE_LOST, ReportBlock.MAX_CUMULATIVE_LOST),
                        uint32(),
                        uint32(),
                        uint32(),
                        uint32())
                .as(ReportBlock::new)
                .list()
                .ofMaxSize(31);
    }

    private static Arbitrary<SourceDescription.Chunk> chunks() {
        var item = Combinators.combine(between(1, 255), text()).as(SourceDescription.Item::new);
        return Combinators.combine(uint32(), item.list().ofMaxSize(4))
                .as(SourceDescription.Chunk::new);
    }

    private static Arbitrary<List<FullIntraRequest.Entry>> entries() {
        return Combinators.combine(uint32(), between(0, 255))
                .as(FullIntraRequest.Entry::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(20);
    }

    private static Arbitrary<List<Integer>> lost() {
        var near =
                Combinators.combine(between(0, 65535), between(1, 20).list().ofMaxSize(50))
                        .as(
                                (first, steps) -> {
                                    var numbers = new ArrayList<>(List.of(first));
                                    steps.forEach(
                                            step ->
                                                    numbers.add(
                                                            (numbers.getLast() + step) & 0xFFFF));
                                    return (List<Integer>) numbers;
                                });
        return Arbitraries.oneOf(
                List.of(near, between(0, 65535).list().ofMinSize(1).ofMaxSize(20)));
    }

    private static Arbitrary<Long> bitrates() {
        return Combinators.combine(between(0, (1 << 18) - 1), between(0, 45))
                .as((mantissa, exponent) -> (long) mantissa << exponent);
    }

    private static Arbitrary<String> text() {
        return Arbitraries.strings().withCharRange(' ', '~').withChars('é', '語').ofMaxLength(80);
    }

    private static Arbitrary<Long> uint32() {
        return Arbitraries.longs().between(0, 0xFFFF_FFFFL);
    }

    private static Arbitrary<Integer> between(int min, int max) {
        return Arbitraries.integers().between(min, max);
    }
}
