package dev.sluice.srtp.dtls;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Our last flight: gathers its records, which BouncyCastle sends one by one, into as few datagrams
 * as fit, and can send them again. Plain records are numbered here, as a repeated record needs a
 * number of its own (RFC 6347 section 4.2.4).
 */
final class OutboundFlight {

    /**
     * Sent in a handshake at most: a dozen repetitions of the longest flight. Somebody who forges
     * repeated flights in the peer's name does not get more out of us.
     */
    static final int MAX_HANDSHAKE_DATAGRAMS = 64;

    private final DtlsOutput output;
    private final List<byte[]> records = new ArrayList<>();
    private final byte[] datagram = new byte[DtlsEndpoint.MAX_SENT_DATAGRAM_SIZE_BYTES];
    private int sizeBytes;
    private long nextRecord;
    private int sentDatagrams;
    private boolean isLimited = true;
    private boolean isSent;

    OutboundFlight(DtlsOutput output) {
        this.output = output;
    }

    /** Adds a record of at most a datagram's size; the first one after a flush begins a flight. */
    void append(byte[] from, int offset, int recordSizeBytes) {
        if (isSent) {
            records.clear();
            isSent = false;
        }
        records.add(Arrays.copyOfRange(from, offset, offset + recordSizeBytes));
    }

    /** Transmits what was appended; false when there is nothing new. */
    boolean flush() {
        if (isSent || records.isEmpty()) {
            return false;
        }
        isSent = true;
        repeat();
        return true;
    }

    /** Transmits the flight, with new numbers where it is plain. */
    void repeat() {
        for (byte[] record : records) {
            number(Unpooled.wrappedBuffer(record));
            if (sizeBytes + record.length > datagram.length) {
                transmit();
            }
            System.arraycopy(record, 0, datagram, sizeBytes, record.length);
            sizeBytes += record.length;
        }
        transmit();
    }

    /** Whether {@link #repeat} does: protected records are sealed with their number. */
    boolean isPlain() {
        return records.stream()
                .allMatch(record -> RecordHeader.epoch(Unpooled.wrappedBuffer(record), 0) == 0);
    }

    /** Plain records are numbered from here on. */
    void startAt(long record) {
        nextRecord = record;
    }

    /** The handshake is over. */
    void onEstablished() {
        isLimited = false;
    }

    private void number(ByteBuf record) {
        if (RecordHeader.epoch(record, 0) == 0) {
            RecordHeader.sequence(record, 0, nextRecord++);
        }
    }

    private void transmit() {
        if (sizeBytes > 0 && !(isLimited && sentDatagrams >= MAX_HANDSHAKE_DATAGRAMS)) {
            sentDatagrams++;
            output.transmit(Arrays.copyOf(datagram, sizeBytes));
        }
        sizeBytes = 0;
    }
}
