package dev.sluice.srtp.cipher;

import dev.sluice.srtp.keys.Mki;

import io.netty.buffer.ByteBuf;

import org.bouncycastle.util.Pack;

/**
 * AEAD_AES_128_GCM and AEAD_AES_256_GCM, RFC 7714.
 *
 * <pre>
 *    SRTP, section 8.2                       SRTCP, section 9.2
 *   +----------------------------------+    +----------------------------------+
 *   | header, CSRCs, extension   (AAD) |    | first 8 bytes              (AAD) |
 *   +----------------------------------+    +----------------------------------+
 *   | encrypted payload                |    | encrypted rest                   |
 *   +----------------------------------+    +----------------------------------+
 *   | tag, 16 bytes                    |    | tag, 16 bytes                    |
 *   +----------------------------------+    +-+--------------------------------+
 *                                           |E| SRTCP index, 31 bits     (AAD) |
 *                                           +-+--------------------------------+
 *
 *    nonce of SRTP, section 8.1, before the XOR with the salt: 0 0 | SSRC | ROC | SEQ
 *    nonce of SRTCP, section 9.1:                              0 0 | SSRC | 0 0 | 0, index
 * </pre>
 *
 * <p>A packet with E=0 is not encrypted: all of it is associated data (section 9.3). A master key
 * identifier comes last in either packet. With cryptex the associated data are the fixed header and
 * the extension's head (RFC 9335 section 6.2).
 */
final class AesGcmPacketCipher implements PacketCipher {

    private static final long SSRC_MASK = 0xFFFF_FFFFL;

    private final AesGcm rtp;
    private final Nonces rtpNonces;
    private final AesGcm rtcp;
    private final Nonces rtcpNonces;
    private final MkiField mki;

    AesGcmPacketCipher(
            CipherProvider provider, SessionKeys rtpKeys, SessionKeys rtcpKeys, Mki mki) {
        this.mki = MkiField.of(mki);
        rtp = provider.aesGcm(rtpKeys.encryptionKey());
        rtpNonces = new Nonces(rtpKeys.salt());
        rtcp = provider.aesGcm(rtcpKeys.encryptionKey());
        rtcpNonces = new Nonces(rtcpKeys.salt());
    }

    @Override
    public int rtpOverheadBytes() {
        return AesGcm.TAG_SIZE_BYTES + mki.sizeBytes();
    }

    @Override
    public int rtcpOverheadBytes() {
        return AesGcm.TAG_SIZE_BYTES + RTCP_INDEX_WORD_SIZE_BYTES + mki.sizeBytes();
    }

    @Override
    public boolean isRtpOfKey(ByteBuf packet) {
        return mki.isIn(packet, 0);
    }

    @Override
    public boolean isRtcpOfKey(ByteBuf packet) {
        return mki.isIn(packet, 0);
    }

    @Override
    public void sealRtp(ByteBuf packet, int headerSizeBytes, long ssrc, long index) {
        rtpNonces.give(rtp, ssrc, index);
        rtp.seal(packet, headerSizeBytes);
        mki.append(packet);
    }

    @Override
    public boolean openRtp(ByteBuf packet, int headerSizeBytes, long ssrc, long index) {
        rtpNonces.give(rtp, ssrc, index);
        return rtp.open(packet, headerSizeBytes, packet.readableBytes() - mki.sizeBytes());
    }

    @Override
    public void sealRtpCryptex(ByteBuf packet, int csrcCount, long ssrc, long index) {
        CryptexLayout.gather(packet, csrcCount);
        sealRtp(packet, CryptexLayout.CLEAR_SIZE_BYTES, ssrc, index);
        CryptexLayout.scatter(packet, csrcCount);
    }

    @Override
    public boolean openRtpCryptex(ByteBuf packet, int csrcCount, long ssrc, long index) {
        CryptexLayout.gather(packet, csrcCount);
        boolean authentic = openRtp(packet, CryptexLayout.CLEAR_SIZE_BYTES, ssrc, index);
        CryptexLayout.scatter(packet, csrcCount);
        return authentic;
    }

    @Override
    public void sealRtcp(ByteBuf packet, long ssrc, int index) {
        sealRtcp(packet, RTCP_CLEAR_SIZE_BYTES, ssrc, RTCP_ENCRYPTED_BIT | index);
    }

    @Override
    public void sealRtcpInClear(ByteBuf packet, long ssrc, int index) {
        sealRtcp(packet, packet.readableBytes(), ssrc, index);
    }

    private void sealRtcp(ByteBuf packet, int clearSizeBytes, long ssrc, int indexWord) {
        rtcpNonces.give(rtcp, ssrc, indexWord & ~RTCP_ENCRYPTED_BIT);
        rtcp.seal(packet, clearSizeBytes, indexWord);
        packet.writeInt(indexWord);
        mki.append(packet);
    }

    @Override
    public int rtcpIndexWord(ByteBuf packet) {
        return packet.getInt(packet.writerIndex() - mki.sizeBytes() - RTCP_INDEX_WORD_SIZE_BYTES);
    }

    @Override
    public boolean openRtcp(ByteBuf packet, long ssrc, int indexWord) {
        int sealedSize = packet.readableBytes() - mki.sizeBytes() - RTCP_INDEX_WORD_SIZE_BYTES;
        boolean encrypted = (indexWord & RTCP_ENCRYPTED_BIT) != 0;
        int clearSize = encrypted ? RTCP_CLEAR_SIZE_BYTES : sealedSize - AesGcm.TAG_SIZE_BYTES;
        rtcpNonces.give(rtcp, ssrc, indexWord & ~RTCP_ENCRYPTED_BIT);
        return rtcp.open(packet, clearSize, sealedSize, indexWord);
    }

    @Override
    public void close() {
        rtp.close();
        rtcp.close();
    }

    /** The salt, into which each packet's SSRC and index are mixed. */
    private static final class Nonces {

        private final long head;
        private final int tail;

        Nonces(byte[] salt) {
            head = Pack.bigEndianToLong(salt, 0);
            tail = Pack.bigEndianToInt(salt, Long.BYTES);
        }

        void give(AesGcm cipher, long ssrc, long index) {
            long ssrcAndTop = ((ssrc & SSRC_MASK) << Short.SIZE) | (index >>> Integer.SIZE);
            cipher.nonce(head ^ ssrcAndTop, tail ^ (int) index);
        }
    }
}
