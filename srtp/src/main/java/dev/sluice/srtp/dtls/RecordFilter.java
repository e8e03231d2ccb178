package dev.sluice.srtp.dtls;

import io.netty.buffer.ByteBuf;

/**
 * Lets through only datagrams that a DTLS 1.2 peer could have sent, so that junk neither ends a
 * handshake nor takes memory: BouncyCastle gives up on some malformed records and allocates
 * whatever size a handshake message claims.
 *
 * <pre>
 *    record, RFC 6347 section 4.1            handshake message, section 4.2.2
 *   +------+---------+-------+-----+--------+    +------+--------+-----+-----------------+-----------------+
 *   | type | version | epoch | seq | length |    | type | length | seq | fragment offset | fragment length |
 *   |  1   |    2    |   2   |  6  |   2    |    |  1   |   3    |  2  |        3        |        3        |
 *   +------+---------+-------+-----+--------+    +------+--------+-----+-----------------+-----------------+
 * </pre>
 */
final class RecordFilter {

    /** Far above the largest real one, a certificate chain; the stack would believe 16 MiB. */
    static final int MAX_HANDSHAKE_MESSAGE_BYTES = 16 * 1024;

    private static final int RECORD_HEADER_SIZE_BYTES = 13;
    private static final int VERSION_OFFSET = 1;
    private static final int EPOCH_OFFSET = 3;
    private static final int LENGTH_OFFSET = 11;
    private static final int VERSION_MAJOR = 0xFE;

    private static final int CHANGE_CIPHER_SPEC = 20;
    private static final int ALERT = 21;
    private static final int HANDSHAKE = 22;
    private static final int APPLICATION_DATA = 23;

    private static final int MESSAGE_HEADER_SIZE_BYTES = 12;
    private static final int MESSAGE_LENGTH_OFFSET = 1;
    private static final int FRAGMENT_OFFSET_OFFSET = 6;
    private static final int FRAGMENT_LENGTH_OFFSET = 9;
    private static final int CLIENT_HELLO = 1;

    /**
     * AES-GCM: 8 bytes of nonce, 16 of tag and at least one of content. Shorter ones end an
     * association.
     */
    private static final int MIN_GCM_RECORD_BYTES = 8 + 16 + 1;

    private RecordFilter() {}

    /**
     * Whether all the datagram's readable bytes are plausible records.
     *
     * @param clientHelloOnly until a server has seen a ClientHello, nothing else means anything to
     *     it
     */
    static boolean accepts(ByteBuf datagram, boolean clientHelloOnly) {
        int index = datagram.readerIndex();
        int end = datagram.writerIndex();
        while (end - index >= RECORD_HEADER_SIZE_BYTES) {
            int content = index + RECORD_HEADER_SIZE_BYTES;
            int length = datagram.getUnsignedShort(index + LENGTH_OFFSET);
            if (length > end - content || !isRecord(datagram, index, length, clientHelloOnly)) {
                return false;
            }
            index = content + length;
        }
        return index == end && datagram.isReadable();
    }

    private static boolean isRecord(
            ByteBuf datagram, int index, int length, boolean clientHelloOnly) {
        int type = datagram.getUnsignedByte(index);
        if (datagram.getUnsignedByte(index + VERSION_OFFSET) != VERSION_MAJOR) {
            return false;
        }
        boolean isProtected = datagram.getUnsignedShort(index + EPOCH_OFFSET) != 0;
        if (clientHelloOnly && (isProtected || type != HANDSHAKE)) {
            return false;
        }
        if (isProtected) {
            return type >= CHANGE_CIPHER_SPEC
                    && type <= APPLICATION_DATA
                    && length >= MIN_GCM_RECORD_BYTES;
        }
        return switch (type) {
            case CHANGE_CIPHER_SPEC -> length == 1;
            case ALERT -> length == 2;
            case HANDSHAKE ->
                    areMessages(
                            datagram, index + RECORD_HEADER_SIZE_BYTES, length, clientHelloOnly);
            default -> false;
        };
    }

    /** One or more whole handshake messages or fragments of them. */
    private static boolean areMessages(
            ByteBuf datagram, int start, int length, boolean clientHelloOnly) {
        int index = start;
        int end = start + length;
        while (end - index >= MESSAGE_HEADER_SIZE_BYTES) {
            int messageLength = datagram.getUnsignedMedium(index + MESSAGE_LENGTH_OFFSET);
            int fragmentOffset = datagram.getUnsignedMedium(index + FRAGMENT_OFFSET_OFFSET);
            int fragmentLength = datagram.getUnsignedMedium(index + FRAGMENT_LENGTH_OFFSET);
            if (messageLength > MAX_HANDSHAKE_MESSAGE_BYTES
                    || fragmentOffset + fragmentLength > messageLength
                    || (clientHelloOnly && datagram.getUnsignedByte(index) != CLIENT_HELLO)) {
                return false;
            }
            index += MESSAGE_HEADER_SIZE_BYTES + fragmentLength;
        }
        return index == end && length > 0;
    }
}
