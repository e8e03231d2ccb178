package dev.sluice.media.rtcp;

import io.netty.buffer.ByteBuf;

/**
 * Packs packet statuses into chunks of two bytes,
 * draft-holmer-rmcat-transport-wide-cc-extensions-01 sections 3.1.3 and 3.1.4.
 *
 * <pre>
 *    0                   1
 *    0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |0| S |       run length        |   run of one symbol
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |1|0|        14 symbols         |   one bit each: not received, small delta
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |1|1|         7 symbols         |   two bits each
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 *
 * <p>A run is taken where it covers at least as many packets as a vector would. So every chunk but
 * the last covers at least {@value #TWO_BIT_SYMBOLS} packets.
 */
final class StatusChunkWriter {

    static final int VECTOR_BIT = 0x8000;
    static final int TWO_BIT_SYMBOLS_BIT = 0x4000;
    static final int RUN_LENGTH_BITS = 13;
    static final int MAX_RUN_LENGTH = (1 << RUN_LENGTH_BITS) - 1;
    static final int ONE_BIT_SYMBOLS = 14;
    static final int TWO_BIT_SYMBOLS = 7;

    private final byte[] symbols;
    private int next;

    StatusChunkWriter(PacketArrivals arrivals, int statusCount) {
        symbols = new byte[statusCount];
        for (int i = 0; i < arrivals.size(); i++) {
            symbols[arrivals.offset(i)] = (byte) StatusSymbol.ofDelta(arrivals.deltaTicks(i));
        }
    }

    boolean hasNext() {
        return next < symbols.length;
    }

    void writeTo(ByteBuf out) {
        while (hasNext()) {
            out.writeShort(nextChunk());
        }
    }

    int nextChunk() {
        int run = runLength();
        int capacity = hasLargeDelta(ONE_BIT_SYMBOLS) ? TWO_BIT_SYMBOLS : ONE_BIT_SYMBOLS;
        int inVector = Math.min(capacity, symbols.length - next);
        if (run >= inVector) {
            int chunk = (symbols[next] << RUN_LENGTH_BITS) | run;
            next += run;
            return chunk;
        }
        return capacity == ONE_BIT_SYMBOLS
                ? VECTOR_BIT | vector(ONE_BIT_SYMBOLS, 1)
                : VECTOR_BIT | TWO_BIT_SYMBOLS_BIT | vector(TWO_BIT_SYMBOLS, 2);
    }

    private int runLength() {
        int end = next + 1;
        while (end < symbols.length
                && end - next < MAX_RUN_LENGTH
                && symbols[end] == symbols[next]) {
            end++;
        }
        return end - next;
    }

    private boolean hasLargeDelta(int ahead) {
        for (int i = next; i < Math.min(next + ahead, symbols.length); i++) {
            if (symbols[i] == StatusSymbol.LARGE_DELTA) {
                return true;
            }
        }
        return false;
    }

    /** The next symbols, the first in the highest bits; zeros behind the last. */
    private int vector(int capacity, int bitsEach) {
        int vector = 0;
        for (int i = 0; i < capacity; i++) {
            vector <<= bitsEach;
            if (hasNext()) {
                vector |= symbols[next++];
            }
        }
        return vector;
    }
}
