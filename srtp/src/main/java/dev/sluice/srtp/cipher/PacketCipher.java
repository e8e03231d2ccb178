package dev.sluice.srtp.cipher;

import io.netty.buffer.ByteBuf;

/**
 * Seals and opens packets of one direction, in place, over a buffer's readable bytes, which may be
 * in heap or direct memory. Knows keys and formats; indices and replays are its caller's business.
 *
 * <p>Opening changes the buffer only when the tag verified. Not thread-safe: scratch memory is
 * reused.
 */
public interface PacketCipher extends AutoCloseable {

    /**
     * The sender's SSRC and the packet type come first and stay in the clear (RFC 3711 section
     * 3.4).
     */
    int RTCP_CLEAR_SIZE_BYTES = 8;

    /** The E bit and the SRTCP index. */
    int RTCP_INDEX_WORD_SIZE_BYTES = 4;

    /** Set in the index word of an encrypted packet. */
    int RTCP_ENCRYPTED_BIT = 0x8000_0000;

    /** By how many bytes sealing lengthens an RTP packet: tag and master key identifier. */
    int rtpOverheadBytes();

    /**
     * By how many bytes sealing lengthens a compound RTCP packet: tag, index word and identifier.
     */
    int rtcpOverheadBytes();

    /**
     * Encrypts everything behind the header and appends the tag.
     *
     * @param headerSizeBytes fixed header, CSRCs and extension; at most the readable bytes
     * @param index the 48-bit packet index: rollover counter and sequence number
     */
    void sealRtp(ByteBuf packet, int headerSizeBytes, long ssrc, long index);

    /**
     * Verifies and removes the tag, then decrypts; false, with the buffer as it was, when it does
     * not verify. The packet has at least {@code headerSizeBytes} and {@link #rtpOverheadBytes()}.
     */
    boolean openRtp(ByteBuf packet, int headerSizeBytes, long ssrc, long index);

    /**
     * {@link #sealRtp} with CSRCs and header extension encrypted too, RFC 9335 section 6.2. The
     * packet has an extension, whose head already names cryptex.
     */
    void sealRtpCryptex(ByteBuf packet, int csrcCount, long ssrc, long index);

    /** {@link #openRtp} for a packet that {@link #sealRtpCryptex} has sealed. */
    boolean openRtpCryptex(ByteBuf packet, int csrcCount, long ssrc, long index);

    /** Whether a sealed RTP packet carries this key's identifier; always when there is none. */
    boolean isRtpOfKey(ByteBuf packet);

    /** Whether a sealed RTCP packet carries this key's identifier; always when there is none. */
    boolean isRtcpOfKey(ByteBuf packet);

    /**
     * Encrypts everything behind the first eight bytes, sets the E bit, appends index and tag.
     *
     * @param index 31 bits
     */
    void sealRtcp(ByteBuf packet, long ssrc, int index);

    /** {@link #sealRtcp} without encryption: E=0, index and tag. */
    void sealRtcpInClear(ByteBuf packet, long ssrc, int index);

    /**
     * The E bit and index of a sealed packet of at least {@link #rtcpOverheadBytes()}; nothing is
     * verified yet.
     */
    int rtcpIndexWord(ByteBuf packet);

    /**
     * Verifies and removes tag and index, then decrypts if the E bit is set; false, with the buffer
     * as it was, when the tag does not verify. The packet has at least {@link
     * #RTCP_CLEAR_SIZE_BYTES} and {@link #rtcpOverheadBytes()}.
     *
     * @param indexWord what {@link #rtcpIndexWord} gave
     */
    boolean openRtcp(ByteBuf packet, long ssrc, int indexWord);

    /**
     * Forgets the keys and gives back what the cipher holds outside the heap. Nothing else may be
     * called then.
     */
    @Override
    void close();
}
