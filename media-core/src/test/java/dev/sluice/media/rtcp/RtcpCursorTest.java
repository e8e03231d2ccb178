package dev.sluice.media.rtcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.media.measure.AllocationMeter;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.util.List;

class RtcpCursorTest {

    private static final int TIMES = 1_000;

    /** The compiler needs some to find what need not be allocated; it runs beside the test. */
    private static final int MAX_ROUNDS = 200;

    private static final TransportFeedback FEEDBACK =
            new TransportFeedback(
                    1, 2, 3, 4, 5, 6, new PacketArrivals.Builder().add(0, 7).add(3, -800).build());
    private static final Nack NACK = new Nack(1, 2, List.of(65_535, 0, 9, 400));

    @RegisterExtension final AllocationMeter meter = new AllocationMeter();
    private final RtcpCursor cursor = new RtcpCursor();

    @Test
    void viewsTellWhatTheValuesDo() {
        cursor.start(datagram(FEEDBACK, NACK));

        assertThat(cursor.next()).isTrue();
        assertThat(cursor.isTransportFeedback()).isTrue();
        assertThat(cursor.transportFeedback().offset(1)).isEqualTo(3);
        assertThat(cursor.transportFeedback().deltaTicks(1)).isEqualTo(-800);
        assertThat(cursor.packet()).isEqualTo(FEEDBACK);
        assertThat(cursor.next()).isTrue();
        assertThat(cursor.isNack()).isTrue();
        assertThat(cursor.nack().lost(3)).isEqualTo(400);
        assertThat(cursor.packet()).isEqualTo(NACK);
        assertThat(cursor.next()).isFalse();
        assertThat(cursor.status()).isEqualTo(RtcpStatus.OK);
    }

    @Test
    void theDatagramsIndicesStayAsTheyAre() {
        ByteBuf datagram = datagram(FEEDBACK, NACK);
        int size = datagram.readableBytes();
        goOver(datagram);

        assertThat(datagram.readerIndex()).isZero();
        assertThat(datagram.writerIndex()).isEqualTo(size);
    }

    @Test
    void aDatagramThatIsCutOffIsMalformedAndTheNextOneIsNot() {
        ByteBuf cut = datagram(NACK, FEEDBACK);
        goOver(cut.writerIndex(cut.writerIndex() - 4));
        assertThat(cursor.status()).isEqualTo(RtcpStatus.MALFORMED);

        goOver(datagram(NACK, FEEDBACK));
        assertThat(cursor.status()).isEqualTo(RtcpStatus.OK);
    }

    @Test
    void feedbackAndNacksAllocateNothing() {
        ByteBuf datagram = datagram(FEEDBACK, NACK);
        long leastBytes = Long.MAX_VALUE;
        for (int round = 0; round < MAX_ROUNDS && leastBytes > TIMES; round++) {
            leastBytes = Math.min(leastBytes, meter.bytesOf(() -> goOverOften(datagram)));
        }

        assertThat(leastBytes).isLessThanOrEqualTo(TIMES);
    }

    private void goOverOften(ByteBuf datagram) {
        for (int i = 0; i < TIMES; i++) {
            goOver(datagram);
        }
    }

    private void goOver(ByteBuf datagram) {
        cursor.start(datagram);
        while (cursor.next()) {
            assertThatOneIsRead();
        }
    }

    private void assertThatOneIsRead() {
        if (cursor.isNack() == cursor.isTransportFeedback()) {
            throw new AssertionError("Neither a NACK nor feedback, or both");
        }
    }

    private static ByteBuf datagram(WritableRtcp... packets) {
        ByteBuf datagram = Unpooled.buffer();
        for (WritableRtcp packet : packets) {
            packet.write(datagram);
        }
        return datagram;
    }
}
