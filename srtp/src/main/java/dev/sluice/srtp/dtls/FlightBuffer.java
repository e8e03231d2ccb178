package dev.sluice.srtp.dtls;

import java.util.Arrays;

/**
 * Gathers the records of a flight, which BouncyCastle sends one by one, into as few datagrams as
 * fit.
 */
final class FlightBuffer {

    private final DtlsOutput output;
    private final byte[] records = new byte[DtlsEndpoint.MAX_SENT_DATAGRAM_SIZE_BYTES];
    private int sizeBytes;

    FlightBuffer(DtlsOutput output) {
        this.output = output;
    }

    /**
     * Adds a record of at most a datagram's size, after transmitting what it would not fit behind.
     */
    void append(byte[] from, int offset, int recordSizeBytes) {
        if (sizeBytes + recordSizeBytes > records.length) {
            flush();
        }
        System.arraycopy(from, offset, records, sizeBytes, recordSizeBytes);
        sizeBytes += recordSizeBytes;
    }

    /** Transmits the records gathered so far, if any, as one datagram. */
    void flush() {
        if (sizeBytes > 0) {
            byte[] datagram = Arrays.copyOf(records, sizeBytes);
            sizeBytes = 0;
            output.transmit(datagram);
        }
    }
}
