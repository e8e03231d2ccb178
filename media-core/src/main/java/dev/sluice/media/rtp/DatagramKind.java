package dev.sluice.media.rtp;

import io.netty.buffer.ByteBuf;

/**
 * Which protocol a datagram on a shared port belongs to: by its first byte (RFC 7983 section 7),
 * and RTCP from RTP by its second (RFC 5761 section 4).
 *
 * <pre>
 *              [0..3]     -> STUN
 *              [20..63]   -> DTLS
 *              [128..191] -> RTCP when the second byte is 192 to 223, RTP otherwise
 * </pre>
 */
public enum DatagramKind {
    STUN,
    DTLS,
    RTP,
    RTCP,
    UNKNOWN;

    /** Looks at the first two readable bytes only. */
    public static DatagramKind of(ByteBuf datagram) {
        if (!datagram.isReadable()) {
            return UNKNOWN;
        }
        int first = datagram.getUnsignedByte(datagram.readerIndex());
        if (first <= 3) {
            return STUN;
        }
        if (first >= 20 && first <= 63) {
            return DTLS;
        }
        return first >= 128 && first <= 191 ? rtpOrRtcp(datagram) : UNKNOWN;
    }

    private static DatagramKind rtpOrRtcp(ByteBuf datagram) {
        if (datagram.readableBytes() < 2) {
            return UNKNOWN;
        }
        int second = datagram.getUnsignedByte(datagram.readerIndex() + 1);
        return second >= 192 && second <= 223 ? RTCP : RTP;
    }
}
