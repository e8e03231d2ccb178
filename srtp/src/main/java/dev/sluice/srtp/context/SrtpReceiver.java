package dev.sluice.srtp.context;

import dev.sluice.media.rtp.RtpPacket;
import dev.sluice.srtp.cipher.PacketCipher;
import dev.sluice.srtp.keys.SrtpKeys;

import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;

/**
 * Verifies and decrypts what the peer sends, in place. Replays are dropped before any cryptography;
 * a packet whose tag does not verify leaves no trace, neither in the buffer nor in a window nor as
 * a new stream.
 */
public final class SrtpReceiver {

    private final PacketCipher cipher;
    private final StreamTable rtpStreams = new StreamTable();
    private final StreamTable rtcpStreams = new StreamTable();

    /** Stands in for the window of a stream that has none yet; never moved before it is kept. */
    private ReplayWindow spare = new ReplayWindow();

    public SrtpReceiver(SrtpKeys keys) {
        this(PacketCipher.of(keys));
    }

    SrtpReceiver(PacketCipher cipher) {
        this.cipher = cipher;
    }

    /**
     * Turns an SRTP packet into the RTP packet inside; its buffer's writer index moves back to the
     * payload's end.
     *
     * @param packet a view for which {@link RtpPacket#wrapHeader} gave true; after {@link
     *     SrtpStatus#OK} {@link RtpPacket#readPadding} completes it
     */
    public SrtpStatus unprotectRtp(RtpPacket packet) {
        if (packet.sizeBytes() < packet.headerSizeBytes() + cipher.rtpOverheadBytes()) {
            return SrtpStatus.MALFORMED;
        }
        long ssrc = packet.ssrc();
        ReplayWindow known = rtpStreams.find(ssrc);
        ReplayWindow window = known == null ? spare : known;
        long index = PacketIndex.estimate(window.highest(), packet.sequenceNumber());
        if (index >= PacketIndex.LIMIT) {
            return SrtpStatus.KEY_EXHAUSTED;
        }
        SrtpStatus status = admit(known, rtpStreams, index);
        if (status != SrtpStatus.OK) {
            return status;
        }
        if (!cipher.openRtp(packet.buffer(), packet.headerSizeBytes(), ssrc, index)) {
            return SrtpStatus.AUTHENTICATION_FAILED;
        }
        noteAuthentic(known, rtpStreams, ssrc, index);
        return SrtpStatus.OK;
    }

    /**
     * Turns the SRTCP packet in the buffer's readable bytes into the compound RTCP packet inside;
     * the writer index moves back to its end. A packet that is authenticated but not encrypted
     * (E=0) is taken too.
     */
    public SrtpStatus unprotectRtcp(ByteBuf packet) {
        int minSize = PacketCipher.RTCP_CLEAR_SIZE_BYTES + cipher.rtcpOverheadBytes();
        if (!RtcpHeader.isPlausible(packet, minSize)) {
            return SrtpStatus.MALFORMED;
        }
        long ssrc = RtcpHeader.senderSsrc(packet);
        int indexWord = cipher.rtcpIndexWord(packet);
        long index = indexWord & ~PacketCipher.RTCP_ENCRYPTED_BIT;
        ReplayWindow known = rtcpStreams.find(ssrc);
        SrtpStatus status = admit(known, rtcpStreams, index);
        if (status != SrtpStatus.OK) {
            return status;
        }
        if (!cipher.openRtcp(packet, ssrc, indexWord)) {
            return SrtpStatus.AUTHENTICATION_FAILED;
        }
        noteAuthentic(known, rtcpStreams, ssrc, index);
        return SrtpStatus.OK;
    }

    /** How many SSRCs have sent authentic RTP. */
    public int rtpStreamCount() {
        return rtpStreams.size();
    }

    /** How many SSRCs have sent authentic RTCP. */
    public int rtcpStreamCount() {
        return rtcpStreams.size();
    }

    private static SrtpStatus admit(@Nullable ReplayWindow known, StreamTable streams, long index) {
        if (known != null) {
            return known.check(index);
        }
        return streams.isFull() ? SrtpStatus.TOO_MANY_STREAMS : SrtpStatus.OK;
    }

    private void noteAuthentic(
            @Nullable ReplayWindow known, StreamTable streams, long ssrc, long index) {
        if (known != null) {
            known.accept(index);
            return;
        }
        spare.accept(index);
        streams.add(ssrc, spare);
        spare = new ReplayWindow();
    }
}
