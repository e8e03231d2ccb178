package dev.sluice.srtp.dtls;

import io.netty.buffer.ByteBuf;

/**
 * The header of a handshake message or of a fragment of one, RFC 6347 section 4.2.2.
 *
 * <pre>
 *   +------+--------+----------+-----------------+-----------------+
 *   | type | length | sequence | fragment offset | fragment length |
 *   |  1   |   3    |    2     |        3        |        3        |
 *   +------+--------+----------+-----------------+-----------------+
 * </pre>
 */
final class MessageHeader {

    static final int SIZE_BYTES = 12;

    static final int CLIENT_HELLO = 1;
    static final int HELLO_VERIFY_REQUEST = 3;
    static final int SERVER_HELLO_DONE = 14;
    static final int CERTIFICATE_VERIFY = 15;

    /** Far above the largest real one, a certificate chain; the field could say 16 MiB. */
    static final int MAX_MESSAGE_BYTES = 16 * 1024 - SIZE_BYTES;

    private static final int LENGTH_OFFSET = 1;
    private static final int SEQUENCE_OFFSET = 4;
    private static final int FRAGMENT_OFFSET_OFFSET = 6;
    private static final int FRAGMENT_LENGTH_OFFSET = 9;

    private MessageHeader() {}

    static int type(ByteBuf datagram, int message) {
        return datagram.getUnsignedByte(message);
    }

    /** Of the whole message without its header, in bytes. */
    static int length(ByteBuf datagram, int message) {
        return datagram.getUnsignedMedium(message + LENGTH_OFFSET);
    }

    static int sequence(ByteBuf datagram, int message) {
        return datagram.getUnsignedShort(message + SEQUENCE_OFFSET);
    }

    static int fragmentOffset(ByteBuf datagram, int message) {
        return datagram.getUnsignedMedium(message + FRAGMENT_OFFSET_OFFSET);
    }

    static int fragmentLength(ByteBuf datagram, int message) {
        return datagram.getUnsignedMedium(message + FRAGMENT_LENGTH_OFFSET);
    }

    static void write(
            ByteBuf to,
            int type,
            int length,
            int sequence,
            int fragmentOffset,
            int fragmentLength) {
        to.writeByte(type).writeMedium(length).writeShort(sequence);
        to.writeMedium(fragmentOffset).writeMedium(fragmentLength);
    }
}
