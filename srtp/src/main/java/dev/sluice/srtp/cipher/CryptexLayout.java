package dev.sluice.srtp.cipher;

import dev.sluice.media.rtp.RtpPacket;

import io.netty.buffer.ByteBuf;

/**
 * Brings together what cryptex encrypts, RFC 9335 section 6: CSRCs, extension elements and payload.
 * Between them lies the extension's head, which stays in the clear.
 *
 * <pre>
 *    in the packet   | fixed header | CSRCs | head | elements | payload |
 *    gathered        | fixed header | head | CSRCs | elements | payload |
 *                    |       clear, 16     | encrypted                  |
 * </pre>
 */
final class CryptexLayout {

    static final int HEAD_SIZE_BYTES = 4;

    /** What is in the clear of a gathered packet: fixed header and the extension's head. */
    static final int CLEAR_SIZE_BYTES = RtpPacket.FIXED_HEADER_SIZE_BYTES + HEAD_SIZE_BYTES;

    private static final int CSRC_SIZE_BYTES = 4;

    private CryptexLayout() {}

    /** Moves the extension's head in front of the CSRCs. */
    static void gather(ByteBuf packet, int csrcCount) {
        int first = packet.readerIndex() + RtpPacket.FIXED_HEADER_SIZE_BYTES;
        int head = packet.getInt(first + CSRC_SIZE_BYTES * csrcCount);
        for (int i = csrcCount; i > 0; i--) {
            int to = first + CSRC_SIZE_BYTES * i;
            packet.setInt(to, packet.getInt(to - CSRC_SIZE_BYTES));
        }
        packet.setInt(first, head);
    }

    /** Undoes {@link #gather}. */
    static void scatter(ByteBuf packet, int csrcCount) {
        int first = packet.readerIndex() + RtpPacket.FIXED_HEADER_SIZE_BYTES;
        int head = packet.getInt(first);
        for (int i = 0; i < csrcCount; i++) {
            int to = first + CSRC_SIZE_BYTES * i;
            packet.setInt(to, packet.getInt(to + CSRC_SIZE_BYTES));
        }
        packet.setInt(first + CSRC_SIZE_BYTES * csrcCount, head);
    }
}
