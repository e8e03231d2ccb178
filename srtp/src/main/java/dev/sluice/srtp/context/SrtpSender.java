package dev.sluice.srtp.context;

import dev.sluice.media.rtp.RtpPacket;
import dev.sluice.srtp.cipher.PacketCipher;
import dev.sluice.srtp.keys.SrtpKeys;

import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;

/**
 * Protects what one side sends, in place. No packet index is ever sealed twice, whatever the caller
 * does: with AES-GCM a reused nonce would give away the authentication key.
 */
public final class SrtpSender {

    /** RFC 3711 section 9.2: the most RTCP packets under one master key. */
    static final long MAX_RTCP_PACKETS = 1L << 31;

    private final PacketCipher cipher;
    private final StreamTable streams = new StreamTable();
    private final RtpPacket view = new RtpPacket();

    /** Fresh windows are tried on a new stream's first packet and kept if it was sealed. */
    private ReplayWindow spare = new ReplayWindow();

    private long rtpPackets;
    private long nextRtcpIndex;

    public SrtpSender(SrtpKeys keys) {
        this(PacketCipher.of(keys), 0, 0);
    }

    SrtpSender(PacketCipher cipher, long rtpPackets, long nextRtcpIndex) {
        this.cipher = cipher;
        this.rtpPackets = rtpPackets;
        this.nextRtcpIndex = nextRtcpIndex;
    }

    /** By how many bytes {@link #protectRtp} lengthens a packet. */
    public int rtpOverheadBytes() {
        return cipher.rtpOverheadBytes();
    }

    /** By how many bytes {@link #protectRtcp} lengthens a compound packet. */
    public int rtcpOverheadBytes() {
        return cipher.rtcpOverheadBytes();
    }

    /**
     * Turns the RTP packet in the buffer's readable bytes into an SRTP packet; the writer index
     * moves by {@link #rtpOverheadBytes()}, for which the buffer has room or grows.
     *
     * @return {@link SrtpStatus#REPLAYED} when a packet with this number has been sealed, {@link
     *     SrtpStatus#TOO_OLD} when nobody knows; never {@link SrtpStatus#AUTHENTICATION_FAILED}
     */
    public SrtpStatus protectRtp(ByteBuf packet) {
        if (!view.wrapHeader(packet)) {
            return SrtpStatus.MALFORMED;
        }
        SrtpStatus status = protectViewed(packet, view.ssrc());
        view.clear();
        return status;
    }

    private SrtpStatus protectViewed(ByteBuf packet, long ssrc) {
        ReplayWindow known = streams.find(ssrc);
        if (known == null && streams.isFull()) {
            return SrtpStatus.TOO_MANY_STREAMS;
        }
        ReplayWindow window = known == null ? spare : known;
        long index = PacketIndex.estimate(window.highest(), view.sequenceNumber());
        if (index >= PacketIndex.LIMIT || rtpPackets >= PacketIndex.LIMIT) {
            return SrtpStatus.KEY_EXHAUSTED;
        }
        SrtpStatus status = window.check(index);
        if (status == SrtpStatus.OK) {
            window.accept(index);
            rtpPackets++;
            keep(known, ssrc);
            cipher.sealRtp(packet, view.headerSizeBytes(), ssrc, index);
        }
        return status;
    }

    private void keep(@Nullable ReplayWindow known, long ssrc) {
        if (known == null) {
            streams.add(ssrc, spare);
            spare = new ReplayWindow();
        }
    }

    /**
     * Turns the (compound) RTCP packet in the buffer's readable bytes into an SRTCP packet; the
     * writer index moves by {@link #rtcpOverheadBytes()}, for which the buffer has room or grows.
     * All SSRCs share one index, which the RFC allows and which needs no state for each.
     */
    public SrtpStatus protectRtcp(ByteBuf packet) {
        if (!RtcpHeader.isPlausible(packet, PacketCipher.RTCP_CLEAR_SIZE_BYTES)) {
            return SrtpStatus.MALFORMED;
        }
        if (nextRtcpIndex >= MAX_RTCP_PACKETS) {
            return SrtpStatus.KEY_EXHAUSTED;
        }
        cipher.sealRtcp(packet, RtcpHeader.senderSsrc(packet), (int) nextRtcpIndex++);
        return SrtpStatus.OK;
    }
}
