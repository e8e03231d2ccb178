package dev.sluice.media.rtcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

class RtcpDatagramsTest {

    /** The index (RFC 3711 section 3.4) and the longest tag, that of GCM (RFC 7714 section 9). */
    private static final int SRTCP_BYTES = 4 + 16;

    private static final PictureLossIndication PLI = new PictureLossIndication(1, 2);

    private final List<ByteBuf> written = new ArrayList<>();

    @AfterEach
    void release() {
        written.forEach(ByteBuf::release);
    }

    private static RtcpDatagrams datagrams(boolean reducedSize) {
        return new RtcpDatagrams(UnpooledByteBufAllocator.DEFAULT, reducedSize, 1, "name");
    }

    private static List<RtcpPacket> packetsOf(ByteBuf datagram) {
        List<RtcpPacket> packets = new ArrayList<>();
        RtcpReader.read(datagram.duplicate(), packets::add);
        return packets;
    }

    @Test
    void namesItsSenderInEachDatagramUnlessReducedSizeIsAgreedOn() {
        datagrams(false).write(List.of(PLI), written::add);
        datagrams(true).write(List.of(PLI), written::add);

        assertThat(written).hasSize(2);
        assertThat(packetsOf(written.getFirst()))
                .containsExactly(
                        new ReceiverReport(1, List.of()),
                        SourceDescription.ofCname(1, "name"),
                        PLI);
        assertThat(packetsOf(written.getLast())).containsExactly(PLI);
    }

    @Test
    void aFullDatagramHasRoomForWhatSrtcpAdds() {
        List<Integer> lost = IntStream.range(0, 2000).map(i -> 20 * i).boxed().toList();
        datagrams(true).write(List.of(new Nack(1, 2, lost)), written::add);

        assertThat(written).hasSizeGreaterThan(1);
        assertThat(written.getFirst().readableBytes()).isEqualTo(1200);
        assertThat(written.getFirst().writableBytes()).isGreaterThanOrEqualTo(SRTCP_BYTES);
    }

    @Test
    void nothingMakesNoDatagram() {
        datagrams(false).write(List.of(), written::add);

        assertThat(written).isEmpty();
    }
}
