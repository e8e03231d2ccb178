package dev.sluice.media.rtcp;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Packets of every kind that can be sent. */
final class RtcpArbitraries {

    private RtcpArbitraries() {}

    static Arbitrary<WritableRtcp> packets() {
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
                        transportFeedback(),
                        congestionControlFeedback(),
                        Combinators.combine(uint32(), limits().filter(all -> !all.isEmpty()))
                                .as(Tmmbr::new),
                        Combinators.combine(uint32(), limits()).as(Tmmbn::new),
                        Combinators.combine(
                                        between(0, 31), uint32(), names(), words().map(Octets::of))
                                .as(ApplicationDefined::new),
                        Combinators.combine(uint32(), uint32(), slices())
                                .as(SliceLossIndication::new),
                        referencePictures(),
                        // Begins with a letter that REMB does not begin with.
                        Combinators.combine(
                                        uint32(),
                                        uint32(),
                                        words().map(
                                                        bytes ->
                                                                concat(
                                                                        new byte[] {1, 2, 3, 4},
                                                                        bytes)))
                                .as(
                                        (sender, media, bytes) ->
                                                new ApplicationLayerFeedback(
                                                        sender, media, Octets.of(bytes))),
                        Combinators.combine(uint32(), xrBlocks().list().ofMaxSize(8))
                                .as(ExtendedReport::new)));
    }

    static Arbitrary<TransportFeedback> transportFeedback() {
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
                .map(RtcpArbitraries::arrivalsOf);
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

    static Arbitrary<List<ReportBlock>> blocks() {
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
        Arbitrary<SdesItem> item =
                Arbitraries.oneOf(
                        Combinators.combine(
                                        between(1, 255).filter(type -> type != SdesItem.PRIV),
                                        text())
                                .as(SdesItem.Text::new),
                        Combinators.combine(text(20), text(20)).as(SdesItem.Private::new));
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

    static Arbitrary<List<Integer>> lost() {
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
        return text(80);
    }

    private static Arbitrary<String> text(int maxLength) {
        return Arbitraries.strings()
                .withCharRange(' ', '~')
                .withChars('é', '語')
                .ofMaxLength(maxLength);
    }

    private static Arbitrary<String> names() {
        return Arbitraries.strings().withCharRange('\0', '\u00ff').ofLength(4);
    }

    private static Arbitrary<byte[]> words() {
        return between(0, 20)
                .flatMap(words -> Arbitraries.bytes().array(byte[].class).ofSize(4 * words));
    }

    private static byte[] concat(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    private static Arbitrary<List<BitrateLimit>> limits() {
        var bitrates =
                Combinators.combine(between(0, (1 << 17) - 1), between(0, 46))
                        .as((mantissa, exponent) -> (long) mantissa << exponent);
        return Combinators.combine(uint32(), bitrates, between(0, 511))
                .as(BitrateLimit::new)
                .list()
                .ofMaxSize(10);
    }

    private static Arbitrary<List<SliceLossIndication.Slice>> slices() {
        return Combinators.combine(between(0, 8191), between(0, 8191), between(0, 63))
                .as(SliceLossIndication.Slice::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(10);
    }

    private static Arbitrary<ReferencePictureSelection> referencePictures() {
        var bits = Arbitraries.bytes().array(byte[].class).ofMaxSize(20);
        return Combinators.combine(uint32(), uint32(), between(0, 127), bits, between(0, 7))
                .as(
                        (sender, media, payloadType, bytes, unused) -> {
                            int cut = bytes.length == 0 ? 0 : unused;
                            if (cut > 0) {
                                bytes[bytes.length - 1] &= (byte) (0xFF << cut);
                            }
                            return new ReferencePictureSelection(
                                    sender,
                                    media,
                                    payloadType,
                                    Octets.of(bytes),
                                    8 * bytes.length - cut);
                        });
    }

    static Arbitrary<CongestionControlFeedback> congestionControlFeedback() {
        return Combinators.combine(uint32(), streamFeedback().list().ofMaxSize(5), uint32())
                .as(CongestionControlFeedback::new);
    }

    private static Arbitrary<StreamFeedback> streamFeedback() {
        var metrics = between(0, 0xFFFF).list().ofMaxSize(60);
        return Combinators.combine(uint32(), between(0, 65535), metrics)
                .as(
                        (ssrc, begin, words) -> {
                            var stream = new StreamFeedback.Builder(ssrc, begin);
                            for (int word : words) {
                                if (word < 0x8000) {
                                    stream.missing();
                                } else {
                                    stream.received((word >> 13) & 3, word & 0x1FFF);
                                }
                            }
                            return stream.build();
                        });
    }

    private static Arbitrary<XrBlock> xrBlocks() {
        var entry = Combinators.combine(uint32(), uint32(), uint32()).as(DlrrBlock.Entry::new);
        return Arbitraries.oneOf(
                Arbitraries.longs().map(ReceiverReferenceTimeBlock::new),
                entry.list().ofMaxSize(6).map(DlrrBlock::new),
                statistics(),
                Combinators.combine(
                                Arbitraries.of(0, 1, 2, 3, 7, 42, 255), between(0, 255), words())
                        .as(
                                (type, specific, bytes) ->
                                        new OpaqueXrBlock(type, specific, Octets.of(bytes))));
    }

    private static Arbitrary<StatisticsSummaryBlock> statistics() {
        var count = Arbitraries.longs().between(-1, 0xFFFF_FFFFL);
        var jitter =
                Combinators.combine(uint32(), uint32(), uint32(), uint32())
                        .as(StatisticsSummaryBlock.Jitter::new)
                        .injectNull(0.3);
        var octet = between(0, 255);
        var hops =
                Combinators.combine(Arbitraries.of(true, false), octet, octet, octet, octet)
                        .as(StatisticsSummaryBlock.Hops::new)
                        .injectNull(0.3);
        return Combinators.combine(
                        uint32(), between(0, 65535), between(0, 65535), count, count, jitter, hops)
                .as(StatisticsSummaryBlock::new);
    }

    private static Arbitrary<Long> uint32() {
        return Arbitraries.longs().between(0, 0xFFFF_FFFFL);
    }

    private static Arbitrary<Integer> between(int min, int max) {
        return Arbitraries.integers().between(min, max);
    }
}
