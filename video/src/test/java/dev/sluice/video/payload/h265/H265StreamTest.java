package dev.sluice.video.payload.h265;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.media.rtp.RtpPacket;
import dev.sluice.video.payload.NalStreams;
import dev.sluice.video.payload.NalStreams.Collector;
import dev.sluice.video.payload.PayloadStatus;
import dev.sluice.video.payload.RecordedPackets;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

/** Whole streams into payloads and back. */
class H265StreamTest {

    private static final String RECORDING = "h265-160x120.rtp";

    private final H265Depacketizer depacketizer = new H265Depacketizer();

    @Test
    void theRecordedPacketsGiveTheNalUnitsThatTheEncoderWrote() {
        List<String> nals = new ArrayList<>();
        for (List<ByteBuf> payloads : NalStreams.frames(RECORDING)) {
            nals.addAll(NalStreams.nalUnits(frame(payloads)));
        }

        assertThat(nals).isEqualTo(NalStreams.nalUnits(NalStreams.recorded("h265-160x120.h265")));
    }

    @Test
    void theRecordedAccessUnitsComeBackFromOurOwnPayloads() {
        for (List<ByteBuf> payloads : NalStreams.frames(RECORDING)) {
            ByteBuf accessUnit = frame(payloads);
            for (int size : new int[] {64, 300, 1200}) {
                assertThat(frame(packetized(accessUnit, size))).isEqualTo(accessUnit);
            }
        }
    }

    @Test
    void theRecordedElementaryStreamComesBackFromOurOwnPayloads() {
        ByteBuf stream = NalStreams.recorded("h265-160x120.h265");

        assertThat(NalStreams.nalUnits(frame(packetized(stream, 100))))
                .isEqualTo(NalStreams.nalUnits(stream));
    }

    @Property
    void aRecordedPayloadThatIsCutOrChangedNeverThrows(
            @ForAll @IntRange(max = 49) int packet,
            @ForAll @IntRange(max = 300) int length,
            @ForAll @IntRange(max = 299) int changed,
            @ForAll byte value) {
        RtpPacket recorded = RecordedPackets.of(RECORDING).get(packet);
        int lengthBytes = Math.min(length, recorded.payloadSizeBytes());
        ByteBuf payload = recorded.buffer().slice(recorded.payloadIndex(), lengthBytes);
        if (changed < lengthBytes) {
            payload.setByte(changed, value);
        }
        ByteBuf frame = Unpooled.buffer();
        H265Payload descriptor = new H265Payload();

        depacketizer.frameStart(payload);
        depacketizer.append(payload, frame);

        assertThat(frame.readableBytes()).isLessThanOrEqualTo(3 * lengthBytes + 4);
        if (descriptor.wrap(payload, 0, lengthBytes)) {
            assertThat(descriptor.width()).isBetween(0, 16_896);
        }
    }

    @Property(tries = 300)
    void anyNalUnitsComeBackAtAnyPayloadSize(
            @ForAll("nalUnits") List<String> nals,
            @ForAll @IntRange(min = 64, max = 400) int size) {
        List<ByteBuf> payloads = packetized(NalStreams.byteStream(nals), size);

        assertThat(payloads).allMatch(payload -> payload.readableBytes() <= size);
        assertThat(NalStreams.nalUnits(frame(payloads))).isEqualTo(nals);
    }

    @Provide
    Arbitrary<List<String>> nalUnits() {
        Arbitrary<Integer> types = Arbitraries.integers().between(0, 47);
        Arbitrary<Integer> layers = Arbitraries.integers().between(0, 63);
        Arbitrary<Integer> tids = Arbitraries.integers().between(1, 7);
        Arbitrary<String> headers =
                Combinators.combine(types, layers, tids)
                        .as((type, layer, tid) -> "%04x".formatted(type << 9 | layer << 3 | tid));
        return Arbitraries.oneOf(NalStreams.nalUnit(headers, 30), NalStreams.nalUnit(headers, 1000))
                .list()
                .ofMinSize(1)
                .ofMaxSize(12);
    }

    private static List<ByteBuf> packetized(ByteBuf frame, int maxPayloadSizeBytes) {
        Collector out = new Collector();
        new H265Packetizer().packetize(frame, maxPayloadSizeBytes, out);
        assertThat(out.markers()).endsWith(true).containsOnlyOnce(true);
        return out.payloads();
    }

    private ByteBuf frame(List<ByteBuf> payloads) {
        ByteBuf frame = Unpooled.buffer();
        depacketizer.reset();
        for (ByteBuf payload : payloads) {
            assertThat(depacketizer.append(payload, frame)).isEqualTo(PayloadStatus.OK);
        }
        return frame;
    }
}
