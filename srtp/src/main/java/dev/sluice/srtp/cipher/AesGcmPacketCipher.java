package dev.sluice.srtp.cipher;

import dev.sluice.srtp.keys.Mki;

import io.netty.buffer.ByteBuf;

import org.bouncycastle.util.Pack;

import java.util.function.Function;

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

    private static final int NONCE_SSRC_OFFSET = 2;

    private final AesGcm rtp;
    private final byte[] rtpSalt;
    private final AesGcm rtcp;
    private final byte[] rtcpSalt;
    private final MkiField mki;
    private final Scratch scratch = new Scratch();

    AesGcmPacketCipher(
            Function<byte[], AesGcm> ofKey, SessionKeys rtpKeys, SessionKeys rtcpKeys, Mki mki) {
        this.mki = new MkiField(mki);
        rtp = ofKey.apply(rtpKeys.encryptionKey());
        rtpSalt = rtpKeys.salt();
        rtcp = ofKey.apply(rtcpKeys.encryptionKey());
        rtcpSalt = rtcpKeys.salt();
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
        prepareRtp(packet, headerSizeBytes, ssrc, index);
        sealBehind(headerSizeBytes, rtp, packet);
        mki.append(packet);
    }

    @Override
    public boolean openRtp(ByteBuf packet, int headerSizeBytes, long ssrc, long index) {
        prepareRtp(packet, headerSizeBytes, ssrc, index);
        int sealedSize = packet.readableBytes() - mki.sizeBytes();
        return openBehind(headerSizeBytes, sealedSize, rtp, packet);
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
        prepareRtcp(packet, clearSizeBytes, ssrc, indexWord);
        sealBehind(clearSizeBytes, rtcp, packet);
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
        prepareRtcp(packet, clearSize, ssrc, indexWord);
        return openBehind(clearSize, sealedSize, rtcp, packet);
    }

    private void prepareRtp(ByteBuf packet, int headerSizeBytes, long ssrc, long index) {
        byte[] nonce = rtp.nonce();
        Pack.shortToBigEndian((short) 0, nonce, 0);
        Pack.intToBigEndian((int) ssrc, nonce, NONCE_SSRC_OFFSET);
        Pack.intToBigEndian((int) (index >>> 16), nonce, NONCE_SSRC_OFFSET + 4);
        Pack.shortToBigEndian((short) index, nonce, NONCE_SSRC_OFFSET + 8);
        mix(rtpSalt, nonce);
        packet.getBytes(
                packet.readerIndex(), rtp.associatedData(headerSizeBytes), 0, headerSizeBytes);
    }

    private void prepareRtcp(ByteBuf packet, int clearSizeBytes, long ssrc, int indexWord) {
        byte[] nonce = rtcp.nonce();
        Pack.shortToBigEndian((short) 0, nonce, 0);
        Pack.intToBigEndian((int) ssrc, nonce, NONCE_SSRC_OFFSET);
        Pack.shortToBigEndian((short) 0, nonce, NONCE_SSRC_OFFSET + 4);
        Pack.intToBigEndian(indexWord & ~RTCP_ENCRYPTED_BIT, nonce, NONCE_SSRC_OFFSET + 6);
        mix(rtcpSalt, nonce);
        byte[] associatedData = rtcp.associatedData(clearSizeBytes + RTCP_INDEX_WORD_SIZE_BYTES);
        packet.getBytes(packet.readerIndex(), associatedData, 0, clearSizeBytes);
        Pack.intToBigEndian(indexWord, associatedData, clearSizeBytes);
    }

    private void sealBehind(int clearSizeBytes, AesGcm cipher, ByteBuf packet) {
        int start = packet.readerIndex() + clearSizeBytes;
        int size = packet.readableBytes() - clearSizeBytes;
        scratch.load(packet, start, size, AesGcm.TAG_SIZE_BYTES);
        cipher.seal(scratch.input(), size, scratch.output());
        packet.writerIndex(start).writeBytes(scratch.output(), 0, size + AesGcm.TAG_SIZE_BYTES);
    }

    private boolean openBehind(
            int clearSizeBytes, int sealedSizeBytes, AesGcm cipher, ByteBuf packet) {
        int start = packet.readerIndex() + clearSizeBytes;
        int size = sealedSizeBytes - clearSizeBytes;
        scratch.load(packet, start, size, 0);
        if (!cipher.open(scratch.input(), size, scratch.output())) {
            return false;
        }
        packet.writerIndex(start).writeBytes(scratch.output(), 0, size - AesGcm.TAG_SIZE_BYTES);
        return true;
    }

    private static void mix(byte[] salt, byte[] nonce) {
        for (int i = 0; i < nonce.length; i++) {
            nonce[i] ^= salt[i];
        }
    }
}
