package dev.sluice.interop;

import dev.sluice.media.rtp.DatagramKind;
import dev.sluice.media.rtp.RtpPacket;
import dev.sluice.srtp.context.SrtpReceiver;
import dev.sluice.srtp.context.SrtpStatus;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/** Recorded datagrams as packets, unprotected where they were protected. */
final class RtpIn {

    /** A packet's number and payload. */
    record Received(int sequence, long timestamp, boolean marker, ByteBuf payload) {}

    private RtpIn() {}

    /**
     * The RTP packets in the order of their arrival.
     *
     * @throws IllegalStateException if a datagram is malformed or does not verify
     */
    static List<Received> read(List<byte[]> datagrams, @Nullable SrtpReceiver srtp) {
        List<Received> packets = new ArrayList<>();
        for (byte[] datagram : datagrams) {
            ByteBuf buffer = Unpooled.wrappedBuffer(datagram);
            switch (DatagramKind.of(buffer)) {
                case RTP -> packets.add(rtp(buffer, srtp));
                case RTCP -> rtcp(buffer, srtp);
                default -> throw new IllegalStateException("neither RTP nor RTCP");
            }
        }
        return packets;
    }

    private static Received rtp(ByteBuf datagram, @Nullable SrtpReceiver srtp) {
        RtpPacket packet = new RtpPacket();
        hold(packet.wrapHeader(datagram), "a header");
        if (srtp != null) {
            SrtpStatus status = srtp.unprotectRtp(packet);
            hold(status == SrtpStatus.OK, "RTP that verifies, not " + status);
        }
        hold(packet.readPadding(), "padding that fits");
        return new Received(
                packet.sequenceNumber(),
                packet.timestamp(),
                packet.marker(),
                datagram.slice(packet.payloadIndex(), packet.payloadSizeBytes()));
    }

    private static void rtcp(ByteBuf datagram, @Nullable SrtpReceiver srtp) {
        if (srtp != null) {
            SrtpStatus status = srtp.unprotectRtcp(datagram);
            hold(status == SrtpStatus.OK, "RTCP that verifies, not " + status);
        }
    }

    private static void hold(boolean promise, String expected) {
        if (!promise) {
            throw new IllegalStateException("expected " + expected);
        }
    }
}
