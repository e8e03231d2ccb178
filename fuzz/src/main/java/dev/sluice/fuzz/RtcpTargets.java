package dev.sluice.fuzz;

import static dev.sluice.fuzz.FuzzTarget.hold;

import dev.sluice.media.rtcp.RtcpPacket;
import dev.sluice.media.rtcp.RtcpReader;
import dev.sluice.media.rtcp.RtcpStatus;
import dev.sluice.media.rtcp.RtcpWriter;
import dev.sluice.media.rtcp.WritableRtcp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Compound and reduced-size RTCP; what can be read and written must come out the same. */
final class RtcpTargets {

    private static final int MAX_SIZE_BYTES = 1 << 18;

    private RtcpTargets() {}

    static Map<String, FuzzTarget> all() {
        return Map.of("rtcp", RtcpTargets::compound);
    }

    private static void compound(byte[] input) {
        for (RtcpPacket packet : read(Unpooled.wrappedBuffer(input))) {
            if (packet instanceof WritableRtcp writable) {
                writeAndReadAgain(writable);
            }
        }
    }

    private static void writeAndReadAgain(WritableRtcp packet) {
        ByteBuf out = Unpooled.buffer();
        if (new RtcpWriter(out, MAX_SIZE_BYTES).append(packet)) {
            List<RtcpPacket> again = read(out);
            hold(again.equals(List.of(packet)), packet + " came back as " + again);
        }
        out.release();
    }

    private static List<RtcpPacket> read(ByteBuf datagram) {
        List<RtcpPacket> packets = new ArrayList<>();
        RtcpStatus status = RtcpReader.read(datagram, packets::add);
        hold(status == RtcpStatus.OK || status == RtcpStatus.MALFORMED, "a known status");
        return packets;
    }
}
