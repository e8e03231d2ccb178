package dev.sluice.media.fec;

import dev.sluice.media.rtp.RtpPacket;

import io.netty.buffer.ByteBuf;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The running exclusive or of RTP packets: of the header fields that a repair packet recovers, and
 * of all bytes behind the fixed header (RFC 5109 sections 8.1 and 8.2, RFC 8627 section 6.3).
 * Adding is undone by adding again.
 */
final class XorBlock {

    /** The longest packet that is protected or recovered; none on the wire is longer. */
    static final int MAX_PACKET_SIZE_BYTES = 2048;

    /** What such a packet has behind its fixed header. */
    static final int MAX_SIZE_BYTES = MAX_PACKET_SIZE_BYTES - RtpPacket.FIXED_HEADER_SIZE_BYTES;

    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private static final int FLAGS_MASK = 0x3FFF;

    private final byte[] data = new byte[MAX_SIZE_BYTES];
    private int flags;
    private int length;
    private int timestamp;
    private int sizeBytes;

    void clear() {
        Arrays.fill(data, 0, sizeBytes, (byte) 0);
        flags = 0;
        length = 0;
        timestamp = 0;
        sizeBytes = 0;
    }

    static boolean fits(RtpPacket packet) {
        return packet.sizeBytes() <= MAX_PACKET_SIZE_BYTES;
    }

    /** Adds a packet that {@link #fits}. */
    void add(RtpPacket packet, MutableExtensions stamped) {
        ByteBuf buffer = packet.buffer();
        int start = packet.payloadIndex() - packet.headerSizeBytes();
        int size = packet.sizeBytes() - RtpPacket.FIXED_HEADER_SIZE_BYTES;
        addFields(buffer.getUnsignedShort(start), size, (int) packet.timestamp());
        xor(buffer, start + RtpPacket.FIXED_HEADER_SIZE_BYTES, 0, size);
        stamped.cancel(packet, this);
    }

    /** Adds the packet inside of one that has RED with the primary block alone. */
    void addInsideRed(RtpPacket red, MutableExtensions stamped) {
        ByteBuf buffer = red.buffer();
        int start = red.payloadIndex() - red.headerSizeBytes();
        int payload = red.payloadIndex() + RedPayload.PRIMARY_HEAD_SIZE_BYTES;
        int header = red.headerSizeBytes() - RtpPacket.FIXED_HEADER_SIZE_BYTES;
        int rest = buffer.writerIndex() - payload;
        int type = buffer.getByte(red.payloadIndex()) & RedPayload.TYPE_MASK;
        int outer = buffer.getUnsignedShort(start) & ~RedPayload.TYPE_MASK;
        addFields(outer | type, header + rest, (int) red.timestamp());
        xor(buffer, start + RtpPacket.FIXED_HEADER_SIZE_BYTES, 0, header);
        xor(buffer, payload, header, rest);
        stamped.cancel(red, this);
    }

    /** Adds what a repair packet says. */
    void add(FecHeader header, ByteBuf payload) {
        addFields(
                header.flagsRecovery(), header.lengthRecovery(), (int) header.timestampRecovery());
        int size = Math.min(header.dataSizeBytes(), MAX_SIZE_BYTES);
        xor(payload, header.dataIndex(), 0, size);
    }

    void add(XorBlock other) {
        flags ^= other.flags;
        length ^= other.length;
        timestamp ^= other.timestamp;
        for (int i = 0; i < other.sizeBytes; i++) {
            data[i] ^= other.data[i];
        }
        sizeBytes = Math.max(sizeBytes, other.sizeBytes);
    }

    private void addFields(int flags, int length, int timestamp) {
        this.flags ^= flags & FLAGS_MASK;
        this.length ^= length & 0xFFFF;
        this.timestamp ^= timestamp;
    }

    void xor(ByteBuf from, int index, int offset, int count) {
        int i = 0;
        for (; i <= count - Long.BYTES; i += Long.BYTES) {
            long present = (long) LONGS.get(data, offset + i);
            LONGS.set(data, offset + i, present ^ from.getLong(index + i));
        }
        for (; i < count; i++) {
            data[offset + i] ^= from.getByte(index + i);
        }
        sizeBytes = Math.max(sizeBytes, offset + count);
    }

    /** P, X, CC, M and PT in the lowest 14 bits. */
    int flags() {
        return flags;
    }

    int length() {
        return length;
    }

    int timestamp() {
        return timestamp;
    }

    /** Of the longest packet, without the fixed header. */
    int sizeBytes() {
        return sizeBytes;
    }

    void writeData(ByteBuf out) {
        out.writeBytes(data, 0, sizeBytes);
    }

    /**
     * Appends the one packet that is left in the block; false, with nothing written, when there
     * cannot be one: it would be longer than what was added, or not all behind it has cancelled
     * out.
     */
    boolean writePacket(ByteBuf out, long ssrc, int sequenceNumber) {
        if (length > sizeBytes || !isZeroFrom(length)) {
            return false;
        }
        out.writeShort(0x8000 | flags);
        out.writeShort(sequenceNumber);
        out.writeInt(timestamp);
        out.writeInt((int) ssrc);
        out.writeBytes(data, 0, length);
        return true;
    }

    private boolean isZeroFrom(int index) {
        for (int i = index; i < sizeBytes; i++) {
            if (data[i] != 0) {
                return false;
            }
        }
        return true;
    }
}
