package dev.sluice.srtp.dtls;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.function.IntSupplier;

/**
 * The records that wait for BouncyCastle to ask for them. Plain ones are numbered anew, so that
 * none of them counts as a replay.
 */
final class RecordFeed {

    /** What fits with both headers into a datagram as BouncyCastle takes it. */
    private static final int MAX_FRAGMENT_BYTES =
            DtlsEndpoint.MAX_RECEIVED_DATAGRAM_SIZE_BYTES
                    - RecordHeader.SIZE_BYTES
                    - MessageHeader.SIZE_BYTES;

    private static final byte[] CHANGE_CIPHER_SPEC = {1};

    private final IntSupplier minProtectedBytes;
    private final ArrayDeque<byte[]> ready = new ArrayDeque<>();
    private long nextRecord;

    /**
     * @param minProtectedBytes the shortest record of the cipher suite; BouncyCastle ends the
     *     association at a shorter one
     */
    RecordFeed(IntSupplier minProtectedBytes) {
        this.minProtectedBytes = minProtectedBytes;
    }

    /** Adds a whole message, in as many records as it takes. */
    void addMessage(MessageAssembly message) {
        int offset = 0;
        do {
            ByteBuf record = Unpooled.buffer();
            offset = message.writeRecord(record, offset, MAX_FRAGMENT_BYTES);
            addPlain(record);
        } while (offset < message.lengthBytes());
    }

    /** Adds a ChangeCipherSpec, behind which the next epoch's records come. */
    void addCipherChange(int version) {
        ByteBuf record = Unpooled.buffer();
        RecordHeader.write(
                record, RecordHeader.CHANGE_CIPHER_SPEC, version, CHANGE_CIPHER_SPEC.length);
        addPlain(record.writeBytes(CHANGE_CIPHER_SPEC));
    }

    /** Adds a record of the plain epoch, which gets another number in place. */
    void addPlain(ByteBuf record) {
        ready.add(numbered(record));
    }

    private byte[] numbered(ByteBuf record) {
        RecordHeader.sequence(record, 0, nextRecord++);
        return ByteBufUtil.getBytes(record);
    }

    /**
     * Adds a record of a later epoch. Its size is checked when BouncyCastle asks, which may choose
     * the cipher suite in between.
     */
    void addProtected(byte[] record) {
        ready.add(record);
    }

    /** The next record, or null. */
    byte @Nullable [] poll() {
        byte[] record = ready.poll();
        while (record != null && isTooShort(record)) {
            record = ready.poll();
        }
        return record;
    }

    private boolean isTooShort(byte[] record) {
        ByteBuf buffer = Unpooled.wrappedBuffer(record);
        return RecordHeader.epoch(buffer, 0) != 0
                && RecordHeader.length(buffer, 0) < minProtectedBytes.getAsInt();
    }

    /** Whether there is nothing to {@link #poll}. */
    boolean isEmpty() {
        return ready.isEmpty();
    }

    /** The message as one record, whatever its size; it takes the place of all that waits. */
    byte[] takeWhole(MessageAssembly message) {
        ready.clear();
        ByteBuf record = Unpooled.buffer();
        message.writeRecord(record, 0, message.lengthBytes());
        return numbered(record);
    }
}
