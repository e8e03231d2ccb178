package dev.sluice.media.rtcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.lang.management.ManagementFactory;

/** What one datagram can make us allocate. */
class RtcpMemoryTest {

    private static final int DATAGRAM_BYTES = 1500;

    /** A NACK of all bits costs most, with a boxed number for each: 163456 bytes were measured. */
    private static final long MAX_ALLOCATED_BYTES = 200 * 1024;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** Packets that say much with few bytes, or claim to; each is repeated to fill a datagram. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "80cb0000",
                "80ca0000",
                "80d00000",
                "80c90001 00000001",
                "80cf0001 00000001",
                "84cd0002 00000001 00000000",
                "8bcd0002 00000001 00000001",
                "8bcd0004 00000001 00000001 00000000 00000001",
                "8bcd0004 00000001 00000001 00004000 00000001",
                "8fcd0004 00000001 00000002 00008000 00000000",
                "8fcd0005 00000001 00000002 0000ffff 00000000 1fff1fff",
                "8fcd0005 00000001 00000002 00000003 00000000 d5400000",
                "81cd0003 00000001 00000002 0000ffff"
            })
    void smallPacketsInGreatNumberCostLittle(String packet) {
        String hex = packet.replace(" ", "");
        assertThat(allocatedFor(fill(hex, ""))).isLessThan(MAX_ALLOCATED_BYTES);
    }

    /** Packets of a whole datagram; the length is put in. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "81cd0000 00000001 00000002 / 0000ffff",
                "80cf0000 00000001 / 2a000000",
                "80cf0000 00000001 / 05000000",
                "9fca0000 / 00000001 00000000",
                "9fca0000 00000001 / 01000100",
                "8bcd0000 00000001 / 00000001 00000000",
                "8bcd0000 00000001 00000002 000002e1 / 80008000",
                "8fcd0000 00000001 00000002 00001fff 00000000 2000 / 20002000",
                "8fcd0000 00000001 00000002 0000ffff 00000000 / bfffbfff",
                "84cd0000 00000001 00000002 / 00000001 00000000",
                "82ce0000 00000001 00000002 / 00000001",
                "84ce0000 00000001 00000000 / 00000001 00000000",
                "80cc0000 00000001 / 41424344",
                "8fce0000 00000001 00000000 / 41424344"
            })
    void longPacketsCostLittle(String parts) {
        String[] headAndRest = parts.replace(" ", "").split("/");
        assertThat(allocatedFor(fill(headAndRest[1], headAndRest[0])))
                .isLessThan(MAX_ALLOCATED_BYTES);
    }

    @Test
    void aNackOf64KilobytesIsCutOff() {
        ByteBuf out = Unpooled.buffer();
        out.writeInt(0x81cd3fff).writeLong(1);
        while (out.readableBytes() < 65536) {
            out.writeInt(0xffff);
        }
        assertThat(RtcpBytes.read(out, RtcpStatus.OK))
                .singleElement()
                .isInstanceOfSatisfying(
                        Nack.class,
                        nack ->
                                assertThat(nack.lost())
                                        .hasSizeBetween(Nack.MAX_LOST - 17, Nack.MAX_LOST));
    }

    private static ByteBuf fill(String repeated, String head) {
        int times = (2 * DATAGRAM_BYTES - head.length()) / repeated.length();
        ByteBuf datagram = RtcpBytes.hex(head + repeated.repeat(times));
        datagram.writerIndex(datagram.readableBytes() & ~3);
        if (!head.isEmpty()) {
            datagram.setShort(2, datagram.readableBytes() / 4 - 1);
        }
        return datagram;
    }

    private long allocatedFor(ByteBuf datagram) {
        read(datagram);
        long before = threads.getCurrentThreadAllocatedBytes();
        read(datagram);
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    private static void read(ByteBuf datagram) {
        RtcpReader.read(datagram, _ -> {});
        CompoundRules.check(datagram);
    }
}
