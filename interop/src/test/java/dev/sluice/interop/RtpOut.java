package dev.sluice.interop;

import dev.sluice.media.rtcp.Bye;
import dev.sluice.media.rtcp.ReceiverReport;
import dev.sluice.media.rtcp.RtcpWriter;
import dev.sluice.media.rtp.RtpHeaderWriter;
import dev.sluice.srtp.context.SrtpSender;
import dev.sluice.srtp.context.SrtpStatus;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.List;

/** One stream of ours to a program, in the clear or as SRTP, ended by a BYE. */
final class RtpOut {

    private static final long SSRC = 0x51_1C_E0_01L;
    private static final int MAX_RTCP_BYTES = 1200;

    /** A little before the wrap, so that each stream has one. */
    private static final int FIRST_SEQUENCE = 65_530;

    private final RtpReceiverPorts to;
    private final int payloadType;
    private final @Nullable SrtpSender srtp;
    private final RtpHeaderWriter header = new RtpHeaderWriter();
    private int sequence = FIRST_SEQUENCE;

    RtpOut(RtpReceiverPorts to, int payloadType, @Nullable SrtpSender srtp) {
        this.to = to;
        this.payloadType = payloadType;
        this.srtp = srtp;
    }

    void send(ByteBuf payload, boolean marker, long timestamp) throws IOException {
        ByteBuf packet = Unpooled.buffer();
        header.begin(packet, payloadType, marker, sequence, timestamp, SSRC);
        header.end();
        packet.writeBytes(payload, payload.readerIndex(), payload.readableBytes());
        sequence = sequence + 1 & 0xFFFF;
        if (srtp != null) {
            hold(srtp.protectRtp(packet));
        }
        to.send(ByteBufUtil.getBytes(packet));
    }

    void bye() throws IOException {
        ByteBuf packet = Unpooled.buffer();
        RtcpWriter writer = new RtcpWriter(packet, MAX_RTCP_BYTES);
        writer.append(new ReceiverReport(SSRC, List.of()));
        writer.append(new Bye(List.of(SSRC), ""));
        if (srtp != null) {
            hold(srtp.protectRtcp(packet));
        }
        to.send(ByteBufUtil.getBytes(packet));
    }

    private static void hold(SrtpStatus status) {
        if (status != SrtpStatus.OK) {
            throw new IllegalStateException("Protecting came to " + status);
        }
    }
}
