package dev.sluice.srtp.cipher;

import dev.sluice.srtp.keys.Mki;
import dev.sluice.srtp.keys.SrtpOptions;
import dev.sluice.srtp.keys.SrtpProfile;

import io.netty.buffer.ByteBuf;

import org.bouncycastle.util.Pack;

/**
 * AES_CM_128_HMAC_SHA1_80 and _32, RFC 3711 sections 3.1, 3.4, 4.1.1 and 4.2, and the same with
 * 256-bit keys, RFC 6188. With options to match, the NULL cipher and no tag on RTP.
 *
 * <pre>
 *    SRTP                                    SRTCP
 *   +----------------------------------+    +----------------------------------+
 *   | header, CSRCs, extension         |    | first 8 bytes                    |
 *   +----------------------------------+    +----------------------------------+
 *   | encrypted payload                |    | encrypted rest                   |
 *   +----------------------------------+    +-+--------------------------------+
 *   | master key identifier, if any    |    |E| SRTCP index, 31 bits           |
 *   +----------------------------------+    +-+--------------------------------+
 *   | tag over all but the identifier, |    | master key identifier, if any    |
 *   | and the ROC                      |    +----------------------------------+
 *   +----------------------------------+    | tag over all but the identifier  |
 *                                           +----------------------------------+
 *
 *    counter block before the XOR with the salt: 0 0 0 0 | SSRC | 48-bit index | block count, 2 bytes
 * </pre>
 */
final class AesCmHmacSha1PacketCipher implements PacketCipher {

    private static final long SSRC_MASK = 0xFFFF_FFFFL;

    private final MkiField mki;
    private final boolean rtpEncrypted;
    private final int rtpTagSizeBytes;
    private final int rtcpTagSizeBytes;
    private final PacketKeystream rtpKeystream;
    private final PacketMac rtpMac;
    private final Counters rtpCounters;
    private final PacketKeystream rtcpKeystream;
    private final PacketMac rtcpMac;
    private final Counters rtcpCounters;

    AesCmHmacSha1PacketCipher(
            CipherProvider provider,
            SrtpProfile profile,
            SrtpOptions options,
            SessionKeys rtp,
            SessionKeys rtcp,
            Mki mki) {
        this.mki = MkiField.of(mki);
        rtpEncrypted = options.isRtpEncrypted();
        rtpTagSizeBytes = options.isRtpAuthenticated() ? profile.rtpTagSizeBytes() : 0;
        rtcpTagSizeBytes = profile.rtcpTagSizeBytes();
        rtpKeystream = provider.keystream(rtp.encryptionKey());
        rtpMac = provider.mac(rtp.authenticationKey());
        rtpCounters = new Counters(rtp.salt());
        rtcpKeystream = provider.keystream(rtcp.encryptionKey());
        rtcpMac = provider.mac(rtcp.authenticationKey());
        rtcpCounters = new Counters(rtcp.salt());
    }

    @Override
    public int rtpOverheadBytes() {
        return mki.sizeBytes() + rtpTagSizeBytes;
    }

    @Override
    public int rtcpOverheadBytes() {
        return RTCP_INDEX_WORD_SIZE_BYTES + mki.sizeBytes() + rtcpTagSizeBytes;
    }

    @Override
    public boolean isRtpOfKey(ByteBuf packet) {
        return mki.isIn(packet, rtpTagSizeBytes);
    }

    @Override
    public boolean isRtcpOfKey(ByteBuf packet) {
        return mki.isIn(packet, rtcpTagSizeBytes);
    }

    @Override
    public void sealRtp(ByteBuf packet, int headerSizeBytes, long ssrc, long index) {
        cryptRtp(packet, headerSizeBytes, ssrc, index);
        appendRtpTag(packet, index);
    }

    @Override
    public boolean openRtp(ByteBuf packet, int headerSizeBytes, long ssrc, long index) {
        if (!removeRtpTag(packet, headerSizeBytes, index)) {
            return false;
        }
        cryptRtp(packet, headerSizeBytes, ssrc, index);
        return true;
    }

    @Override
    public void sealRtpCryptex(ByteBuf packet, int csrcCount, long ssrc, long index) {
        cryptRtpCryptex(packet, csrcCount, ssrc, index);
        appendRtpTag(packet, index);
    }

    @Override
    public boolean openRtpCryptex(ByteBuf packet, int csrcCount, long ssrc, long index) {
        if (!removeRtpTag(packet, CryptexLayout.CLEAR_SIZE_BYTES, index)) {
            return false;
        }
        cryptRtpCryptex(packet, csrcCount, ssrc, index);
        return true;
    }

    @Override
    public void sealRtcp(ByteBuf packet, long ssrc, int index) {
        rtcpCounters.apply(rtcpKeystream, packet, RTCP_CLEAR_SIZE_BYTES, ssrc, index);
        appendRtcpTag(packet, RTCP_ENCRYPTED_BIT | index);
    }

    @Override
    public void sealRtcpInClear(ByteBuf packet, long ssrc, int index) {
        appendRtcpTag(packet, index);
    }

    @Override
    public int rtcpIndexWord(ByteBuf packet) {
        return packet.getInt(packet.writerIndex() - rtcpOverheadBytes());
    }

    @Override
    public boolean openRtcp(ByteBuf packet, long ssrc, int indexWord) {
        int size = packet.readableBytes() - mki.sizeBytes() - rtcpTagSizeBytes;
        if (size < RTCP_CLEAR_SIZE_BYTES + RTCP_INDEX_WORD_SIZE_BYTES
                || !isTag(rtcpMac.digest(packet, size), packet, rtcpTagSizeBytes)) {
            return false;
        }
        packet.writerIndex(packet.readerIndex() + size - RTCP_INDEX_WORD_SIZE_BYTES);
        if ((indexWord & RTCP_ENCRYPTED_BIT) != 0) {
            int index = indexWord & ~RTCP_ENCRYPTED_BIT;
            rtcpCounters.apply(rtcpKeystream, packet, RTCP_CLEAR_SIZE_BYTES, ssrc, index);
        }
        return true;
    }

    private void cryptRtp(ByteBuf packet, int clearSizeBytes, long ssrc, long index) {
        if (rtpEncrypted) {
            rtpCounters.apply(rtpKeystream, packet, clearSizeBytes, ssrc, index);
        }
    }

    /** The tag covers the packet as it is sent, the keystream runs over what is gathered. */
    private void cryptRtpCryptex(ByteBuf packet, int csrcCount, long ssrc, long index) {
        CryptexLayout.gather(packet, csrcCount);
        cryptRtp(packet, CryptexLayout.CLEAR_SIZE_BYTES, ssrc, index);
        CryptexLayout.scatter(packet, csrcCount);
    }

    /**
     * The tag of an RTP packet covers the rollover counter, which is not in it (RFC 3711 section
     * 4.2).
     */
    private void appendRtpTag(ByteBuf packet, long index) {
        if (rtpTagSizeBytes == 0) {
            mki.append(packet);
            return;
        }
        byte[] digest = rtpMac.digest(packet, packet.readableBytes(), rolloverCounter(index));
        mki.append(packet);
        packet.writeBytes(digest, 0, rtpTagSizeBytes);
    }

    /**
     * False, with the buffer as it was, when the tag does not verify or there is no room for one.
     */
    private boolean removeRtpTag(ByteBuf packet, int headerSizeBytes, long index) {
        int size = packet.readableBytes() - rtpOverheadBytes();
        if (size < headerSizeBytes) {
            return false;
        }
        if (rtpTagSizeBytes > 0) {
            byte[] digest = rtpMac.digest(packet, size, rolloverCounter(index));
            if (!isTag(digest, packet, rtpTagSizeBytes)) {
                return false;
            }
        }
        packet.writerIndex(packet.readerIndex() + size);
        return true;
    }

    private void appendRtcpTag(ByteBuf packet, int indexWord) {
        packet.writeInt(indexWord);
        byte[] digest = rtcpMac.digest(packet, packet.readableBytes());
        mki.append(packet);
        packet.writeBytes(digest, 0, rtcpTagSizeBytes);
    }

    /** Whether the packet ends by this, in constant time. */
    private static boolean isTag(byte[] digest, ByteBuf packet, int sizeBytes) {
        int start = packet.writerIndex() - sizeBytes;
        int difference = 0;
        for (int i = 0; i < sizeBytes; i++) {
            difference |= digest[i] ^ packet.getByte(start + i);
        }
        return difference == 0;
    }

    private static int rolloverCounter(long index) {
        return (int) (index >>> Short.SIZE);
    }

    @Override
    public void close() {
        rtpKeystream.close();
        rtpMac.close();
        rtcpKeystream.close();
        rtcpMac.close();
    }

    /** The salt, into which each packet's SSRC and index are mixed. */
    private static final class Counters {

        private static final int TAIL_OFFSET = 6;

        private final long head;
        private final long tail;

        Counters(byte[] salt) {
            head = Pack.bigEndianToLong(salt, 0);
            tail = Pack.bigEndianToLong(salt, TAIL_OFFSET) << Short.SIZE;
        }

        void apply(
                PacketKeystream keystream,
                ByteBuf packet,
                int clearSizeBytes,
                long ssrc,
                long index) {
            keystream.apply(
                    packet,
                    clearSizeBytes,
                    head ^ (ssrc & SSRC_MASK),
                    tail ^ (index << Short.SIZE));
        }
    }
}
