package dev.sluice.server.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.media.rtp.RtpHeaderWriter;
import dev.sluice.media.rtp.RtpPacket;
import dev.sluice.media.sdp.AnnouncedSsrc;
import dev.sluice.media.sdp.NegotiatedMedia;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

class StreamTableTest {

    private static final int OPUS = IncomingStreams.OPUS;
    private static final int VP8 = IncomingStreams.VP8;
    private static final int RTX = IncomingStreams.VP8_RTX;

    private final List<Long> made = new ArrayList<>();

    private StreamTable table(NegotiatedMedia... medias) {
        return new StreamTable(
                List.of(medias),
                (media, codec, ssrc) -> {
                    made.add(ssrc);
                    return IncomingStreams.receiveStream(ssrc);
                });
    }

    private StreamTable plainTable() {
        return table(IncomingStreams.audio(), IncomingStreams.video(List.of(), List.of()));
    }

    private StreamTable simulcastTable() {
        return table(IncomingStreams.audio(), IncomingStreams.video(List.of("h", "l"), List.of()));
    }

    private static RtpPacket packet(int payloadType, long ssrc, Map<Integer, String> extensions) {
        ByteBuf buffer = Unpooled.buffer();
        var writer = new RtpHeaderWriter();
        writer.begin(buffer, payloadType, false, 1, 2, ssrc);
        extensions.forEach(
                (id, text) -> writer.element(id, text.getBytes(StandardCharsets.US_ASCII)));
        writer.end();
        var packet = new RtpPacket();
        assertThat(packet.wrap(buffer.writeInt(0))).isTrue();
        return packet;
    }

    private static Map<Integer, String> mid(String mid) {
        return Map.of(IncomingStreams.MID_ID, mid);
    }

    private static Map<Integer, String> rid(String rid) {
        return Map.of(IncomingStreams.MID_ID, "1", IncomingStreams.RID_ID, rid);
    }

    private static IncomingStream stream(StreamTable.@Nullable Binding binding) {
        return Objects.requireNonNull(binding, "bound").stream();
    }

    @Test
    void bindsByMidAndRemembersTheSsrc() {
        StreamTable table = plainTable();
        IncomingStream bound = stream(table.find(packet(VP8, 5, mid("1"))));
        assertThat(bound.media().mid()).isEqualTo("1");
        assertThat(stream(table.find(packet(VP8, 5, Map.of())))).isSameAs(bound);
        assertThat(table.mediaStream(5)).isSameAs(bound);
        assertThat(made).containsExactly(5L);
    }

    @Test
    void bindsByAnAnnouncedSsrc() {
        StreamTable table =
                table(
                        IncomingStreams.audio(),
                        IncomingStreams.video(List.of(), List.of(new AnnouncedSsrc(50, 51))));
        assertThat(stream(table.find(packet(VP8, 50, Map.of()))).media().mid()).isEqualTo("1");
        assertThat(Objects.requireNonNull(table.find(packet(RTX, 51, Map.of()))).content())
                .isEqualTo(StreamTable.Content.RETRANSMISSIONS);
    }

    @Test
    void bindsByAPayloadTypeThatOneSectionHas() {
        assertThat(stream(plainTable().find(packet(OPUS, 7, Map.of()))).media().mid())
                .isEqualTo("0");
    }

    @Test
    void aPayloadTypeThatTwoSectionsHaveSaysNothing() {
        StreamTable table = table(IncomingStreams.audio(), IncomingStreams.audio());
        assertThat(table.find(packet(OPUS, 7, Map.of()))).isNull();
    }

    @Test
    void anUnknownMidOrPayloadTypeIsNobodys() {
        StreamTable table = plainTable();
        assertThat(table.find(packet(VP8, 5, mid("9")))).isNull();
        assertThat(table.find(packet(13, 5, Map.of()))).isNull();
        assertThat(table.find(packet(13, 5, mid("1")))).isNull();
        assertThat(table.streams()).isEmpty();
        assertThat(made).isEmpty();
    }

    @Test
    void withSimulcastALayerNeedsItsRid() {
        StreamTable table = simulcastTable();
        assertThat(table.find(packet(VP8, 1, mid("1")))).isNull();
        assertThat(table.find(packet(VP8, 1, rid("x")))).isNull();
        assertThat(stream(table.find(packet(VP8, 1, rid("h")))).rid()).isEqualTo("h");
        assertThat(stream(table.find(packet(VP8, 2, rid("l")))).rid()).isEqualTo("l");
    }

    @Test
    void aRepairStreamBelongsToTheLayerItNames() {
        StreamTable table = simulcastTable();
        table.find(packet(VP8, 1, rid("h")));
        IncomingStream low = stream(table.find(packet(VP8, 2, rid("l"))));
        RtpPacket repair =
                packet(
                        RTX,
                        3,
                        Map.of(IncomingStreams.MID_ID, "1", IncomingStreams.REPAIRED_RID_ID, "l"));
        StreamTable.Binding binding = Objects.requireNonNull(table.find(repair));
        assertThat(binding.content()).isEqualTo(StreamTable.Content.RETRANSMISSIONS);
        assertThat(binding.stream()).isSameAs(low);
        assertThat(table.mediaStream(3)).isNull();
    }

    @Test
    void aRepairStreamWithoutANameBelongsToTheOnlyStream() {
        StreamTable table = plainTable();
        assertThat(table.find(packet(RTX, 3, mid("1")))).isNull();
        IncomingStream media = stream(table.find(packet(VP8, 1, mid("1"))));
        assertThat(stream(table.find(packet(RTX, 3, mid("1"))))).isSameAs(media);
    }

    @Test
    void aRepairStreamWithoutANameIsNobodysBesideTwoStreams() {
        StreamTable table = simulcastTable();
        table.find(packet(VP8, 1, rid("h")));
        table.find(packet(VP8, 2, rid("l")));
        assertThat(table.find(packet(RTX, 3, mid("1")))).isNull();
    }

    @Test
    void onePeerHasABoundedNumberOfStreams() {
        StreamTable table = plainTable();
        for (int ssrc = 1; ssrc <= 1_000; ssrc++) {
            table.find(packet(VP8, ssrc, mid("1")));
        }
        assertThat(table.streams()).hasSize(StreamTable.MAX_SSRCS);
        assertThat(made).hasSize(StreamTable.MAX_SSRCS);
        assertThat(table.find(packet(VP8, 1, Map.of()))).isNotNull();
    }
}
