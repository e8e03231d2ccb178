package dev.sluice.media.rtcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

import java.util.ArrayList;
import java.util.List;

/** Packets to and from hexadecimal text. */
final class RtcpBytes {

    private RtcpBytes() {}

    static ByteBuf hex(String hex) {
        return Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(hex.replaceAll("\\s", "")));
    }

    static List<RtcpPacket> read(ByteBuf datagram, RtcpStatus expected) {
        var packets = new ArrayList<RtcpPacket>();
        assertThat(RtcpReader.read(datagram, packets::add)).isEqualTo(expected);
        return packets;
    }

    static String write(WritableRtcp packet) {
        ByteBuf out = Unpooled.buffer();
        packet.write(out);
        assertThat(out.readableBytes()).isEqualTo(packet.sizeBytes());
        return ByteBufUtil.hexDump(out);
    }

    /** That a packet is written as the given bytes, and that they are read as the packet. */
    static void assertOnWire(WritableRtcp packet, String hex) {
        assertThat(write(packet)).isEqualTo(hex.replaceAll("\\s", ""));
        assertThat(read(hex(hex), RtcpStatus.OK)).containsExactly(packet);
    }

    static void assertMalformed(String hex) {
        assertThat(read(hex(hex), RtcpStatus.MALFORMED)).isEmpty();
    }
}
