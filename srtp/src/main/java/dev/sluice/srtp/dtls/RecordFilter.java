package dev.sluice.srtp.dtls;

import io.netty.buffer.ByteBuf;

/**
 * Lets through only datagrams that a DTLS 1.2 peer could have sent, so that junk neither ends a
 * handshake nor takes memory. What is behind it may rely on the lengths.
 */
final class RecordFilter {

    /** A tag of 16 bytes and at least one byte of content, whatever the cipher suite. */
    private static final int MIN_PROTECTED_BYTES = 16 + 1;

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
        while (end - index >= RecordHeader.SIZE_BYTES) {
            int content = index + RecordHeader.SIZE_BYTES;
            int length = RecordHeader.length(datagram, index);
            if (length > end - content || !isRecord(datagram, index, length, clientHelloOnly)) {
                return false;
            }
            index = content + length;
        }
        return index == end && datagram.isReadable();
    }

    private static boolean isRecord(
            ByteBuf datagram, int index, int length, boolean clientHelloOnly) {
        int type = RecordHeader.type(datagram, index);
        if (RecordHeader.version(datagram, index) >> 8 != RecordHeader.VERSION_MAJOR) {
            return false;
        }
        boolean isProtected = RecordHeader.epoch(datagram, index) != 0;
        if (clientHelloOnly && (isProtected || type != RecordHeader.HANDSHAKE)) {
            return false;
        }
        if (isProtected) {
            return type >= RecordHeader.CHANGE_CIPHER_SPEC
                    && type <= RecordHeader.APPLICATION_DATA
                    && length >= MIN_PROTECTED_BYTES;
        }
        return switch (type) {
            case RecordHeader.CHANGE_CIPHER_SPEC -> length == 1;
            case RecordHeader.ALERT -> length == 2;
            case RecordHeader.HANDSHAKE ->
                    areMessages(datagram, index + RecordHeader.SIZE_BYTES, length, clientHelloOnly);
            default -> false;
        };
    }

    /** One or more whole handshake messages or fragments of them. */
    private static boolean areMessages(
            ByteBuf datagram, int start, int length, boolean clientHelloOnly) {
        int index = start;
        int end = start + length;
        while (end - index >= MessageHeader.SIZE_BYTES) {
            int messageLength = MessageHeader.length(datagram, index);
            int fragmentOffset = MessageHeader.fragmentOffset(datagram, index);
            int fragmentLength = MessageHeader.fragmentLength(datagram, index);
            if (messageLength > MessageHeader.MAX_MESSAGE_BYTES
                    || fragmentOffset + fragmentLength > messageLength
                    || (clientHelloOnly
                            && MessageHeader.type(datagram, index) != MessageHeader.CLIENT_HELLO)) {
                return false;
            }
            index += MessageHeader.SIZE_BYTES + fragmentLength;
        }
        return index == end && length > 0;
    }
}
