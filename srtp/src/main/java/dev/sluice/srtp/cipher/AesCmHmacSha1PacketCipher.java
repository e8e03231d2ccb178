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

    private static final int COUNTER_SSRC_OFFSET = 4;
    private static final int COUNTER_INDEX_OFFSET = 8;
    private static final int ROC_SIZE_BYTES = 4;

    private final MkiField mki;
    private final boolean rtpEncrypted;
    private final int rtpTagSizeBytes;
    private final int rtcpTagSizeBytes;
    private final AesCounterMode rtpCipher;
    private final HmacSha1 rtpMac;
    private final byte[] rtpSalt;
    private final AesCounterMode rtcpCipher;
    private final HmacSha1 rtcpMac;
    private final byte[] rtcpSalt;
    private final byte[] tag = new byte[SrtpProfile.AES_CM_128_HMAC_SHA1_80.rtcpTagSizeBytes()];
    private final Scratch payload = new Scratch();
    private final Scratch authenticated = new Scratch();

    AesCmHmacSha1PacketCipher(
            SrtpProfile profile, SrtpOptions options, SessionKeys rtp, SessionKeys rtcp, Mki mki) {
        this.mki = new MkiField(mki);
        rtpEncrypted = options.isRtpEncrypted();
        rtpTagSizeBytes = options.isRtpAuthenticated() ? profile.rtpTagSizeBytes() : 0;
        rtcpTagSizeBytes = profile.rtcpTagSizeBytes();
        rtpCipher = new AesCounterMode(rtp.encryptionKey());
        rtpMac = new HmacSha1(rtp.authenticationKey());
        rtpSalt = rtp.salt();
        rtcpCipher = new AesCounterMode(rtcp.encryptionKey());
        rtcpMac = new HmacSha1(rtcp.authenticationKey());
        rtcpSalt = rtcp.salt();
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
        if (!removeRtpTag(packet, index)) {
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
        if (!removeRtpTag(packet, index)) {
            return false;
        }
        cryptRtpCryptex(packet, csrcCount, ssrc, index);
        return true;
    }

    @Override
    public void sealRtcp(ByteBuf packet, long ssrc, int index) {
        fillCounter(rtcpCipher.counter(), rtcpSalt, ssrc, index);
        applyKeystream(rtcpCipher, packet, RTCP_CLEAR_SIZE_BYTES);
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
        packet.getBytes(packet.writerIndex() - rtcpTagSizeBytes, tag, 0, rtcpTagSizeBytes);
        authenticated.load(packet, packet.readerIndex(), size, 0);
        if (!rtcpMac.verify(authenticated.input(), size, tag, 0, rtcpTagSizeBytes)) {
            return false;
        }
        packet.writerIndex(packet.readerIndex() + size - RTCP_INDEX_WORD_SIZE_BYTES);
        if ((indexWord & RTCP_ENCRYPTED_BIT) != 0) {
            fillCounter(rtcpCipher.counter(), rtcpSalt, ssrc, indexWord & ~RTCP_ENCRYPTED_BIT);
            applyKeystream(rtcpCipher, packet, RTCP_CLEAR_SIZE_BYTES);
        }
        return true;
    }

    private void cryptRtp(ByteBuf packet, int clearSizeBytes, long ssrc, long index) {
        if (rtpEncrypted) {
            fillCounter(rtpCipher.counter(), rtpSalt, ssrc, index);
            applyKeystream(rtpCipher, packet, clearSizeBytes);
        }
    }

    /** The tag covers the packet as it is sent, the keystream runs over what is gathered. */
    private void cryptRtpCryptex(ByteBuf packet, int csrcCount, long ssrc, long index) {
        CryptexLayout.gather(packet, csrcCount);
        cryptRtp(packet, CryptexLayout.CLEAR_SIZE_BYTES, ssrc, index);
        CryptexLayout.scatter(packet, csrcCount);
    }

    private void appendRtpTag(ByteBuf packet, long index) {
        int size = loadRtpAuthenticated(packet, packet.readableBytes(), index);
        mki.append(packet);
        rtpMac.append(authenticated.input(), size, rtpTagSizeBytes, tag, 0);
        packet.writeBytes(tag, 0, rtpTagSizeBytes);
    }

    /** False, with the buffer as it was, when the tag does not verify. */
    private boolean removeRtpTag(ByteBuf packet, long index) {
        int protectedSize = packet.readableBytes() - rtpOverheadBytes();
        packet.getBytes(packet.writerIndex() - rtpTagSizeBytes, tag, 0, rtpTagSizeBytes);
        int size = loadRtpAuthenticated(packet, protectedSize, index);
        if (!rtpMac.verify(authenticated.input(), size, tag, 0, rtpTagSizeBytes)) {
            return false;
        }
        packet.writerIndex(packet.readerIndex() + protectedSize);
        return true;
    }

    private void appendRtcpTag(ByteBuf packet, int indexWord) {
        packet.writeInt(indexWord);
        int size = packet.readableBytes();
        authenticated.load(packet, packet.readerIndex(), size, 0);
        mki.append(packet);
        rtcpMac.append(authenticated.input(), size, rtcpTagSizeBytes, tag, 0);
        packet.writeBytes(tag, 0, rtcpTagSizeBytes);
    }

    /**
     * The tag of an RTP packet covers the rollover counter, which is not in it (RFC 3711 section
     * 4.2).
     */
    private int loadRtpAuthenticated(ByteBuf packet, int sizeBytes, long index) {
        authenticated.load(packet, packet.readerIndex(), sizeBytes, ROC_SIZE_BYTES);
        Pack.intToBigEndian((int) (index >>> 16), authenticated.input(), sizeBytes);
        return sizeBytes + ROC_SIZE_BYTES;
    }

    private void applyKeystream(AesCounterMode cipher, ByteBuf packet, int clearSizeBytes) {
        int start = packet.readerIndex() + clearSizeBytes;
        int size = packet.readableBytes() - clearSizeBytes;
        payload.load(packet, start, size, 0);
        cipher.process(payload.input(), size, payload.output());
        packet.setBytes(start, payload.output(), 0, size);
    }

    private static void fillCounter(byte[] counter, byte[] salt, long ssrc, long index) {
        Pack.intToBigEndian((int) ssrc, counter, COUNTER_SSRC_OFFSET);
        Pack.intToBigEndian((int) (index >>> 16), counter, COUNTER_INDEX_OFFSET);
        Pack.shortToBigEndian((short) index, counter, COUNTER_INDEX_OFFSET + 4);
        for (int i = 0; i < salt.length; i++) {
            counter[i] ^= salt[i];
        }
    }
}
