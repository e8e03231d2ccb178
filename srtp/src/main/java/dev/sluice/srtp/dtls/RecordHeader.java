package dev.sluice.srtp.dtls;

import io.netty.buffer.ByteBuf;

/**
 * The header of a DTLS 1.2 record, RFC 6347 section 4.1.
 *
 * <pre>
 *   +------+---------+-------+----------+--------+
 *   | type | version | epoch | sequence | length |
 *   |  1   |    2    |   2   |    6     |   2    |
 *   +------+---------+-------+----------+--------+
 * </pre>
 *
 * <p>Epoch 0 is plain; the handshake's keys protect epoch 1.
 */
final class RecordHeader {

    static final int SIZE_BYTES = 13;

    static final int CHANGE_CIPHER_SPEC = 20;
    static final int ALERT = 21;
    static final int HANDSHAKE = 22;
    static final int APPLICATION_DATA = 23;

    /** The first byte of every DTLS version's number: 0xFEFF is 1.0, 0xFEFD is 1.2. */
    static final int VERSION_MAJOR = 0xFE;

    private static final int VERSION_OFFSET = 1;
    private static final int EPOCH_OFFSET = 3;
    private static final int SEQUENCE_OFFSET = 5;
    private static final int LENGTH_OFFSET = 11;

    private RecordHeader() {}

    static int type(ByteBuf datagram, int record) {
        return datagram.getUnsignedByte(record);
    }

    static int version(ByteBuf datagram, int record) {
        return datagram.getUnsignedShort(record + VERSION_OFFSET);
    }

    static int epoch(ByteBuf datagram, int record) {
        return datagram.getUnsignedShort(record + EPOCH_OFFSET);
    }

    /** 48 bits; each record of an epoch has its own. */
    static long sequence(ByteBuf datagram, int record) {
        return (long) datagram.getUnsignedShort(record + SEQUENCE_OFFSET) << 32
                | datagram.getUnsignedInt(record + SEQUENCE_OFFSET + 2);
    }

    static void sequence(ByteBuf datagram, int record, long sequence) {
        datagram.setShort(record + SEQUENCE_OFFSET, (int) (sequence >> 32));
        datagram.setInt(record + SEQUENCE_OFFSET + 2, (int) sequence);
    }

    /** Of what follows the header. */
    static int length(ByteBuf datagram, int record) {
        return datagram.getUnsignedShort(record + LENGTH_OFFSET);
    }

    /** Appends the header of a plain record, numbered 0. */
    static void write(ByteBuf to, int type, int version, int length) {
        to.writeByte(type).writeShort(version).writeShort(0).writeZero(6).writeShort(length);
    }
}
