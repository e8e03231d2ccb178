package dev.sluice.media.rtcp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * Reads the packet status chunks of a transport feedback, see {@link StatusChunkWriter} for their
 * layout.
 *
 * <p>Only received packets are kept, and each must have at least a byte of delta in the rest of the
 * packet: so a few bytes that claim 65535 packets cost neither time nor memory.
 */
final class StatusChunkReader {

    private ByteBuf body = Unpooled.EMPTY_BUFFER;
    private int statusCount;
    private int[] received = {};
    private int receivedCount;
    private int offset;

    /**
     * Reads up to the deltas; false when the chunks break the format or claim more packets than
     * there are deltas.
     */
    boolean read(ByteBuf from, int packets) {
        body = from;
        statusCount = packets;
        receivedCount = 0;
        offset = 0;
        int most = Math.min(packets, from.readableBytes());
        if (received.length < most) {
            received = new int[most];
        }
        boolean isRead = readChunks();
        body = Unpooled.EMPTY_BUFFER;
        return isRead;
    }

    private boolean readChunks() {
        while (offset < statusCount) {
            if (body.readableBytes() < 2 || !readChunk(body.readUnsignedShort())) {
                return false;
            }
        }
        return true;
    }

    int receivedCount() {
        return receivedCount;
    }

    int offset(int position) {
        return received[position] >>> 1;
    }

    boolean hasLargeDelta(int position) {
        return (received[position] & 1) != 0;
    }

    private boolean readChunk(int chunk) {
        if ((chunk & StatusChunkWriter.VECTOR_BIT) == 0) {
            return readRun(
                    (chunk >>> StatusChunkWriter.RUN_LENGTH_BITS) & 3,
                    chunk & StatusChunkWriter.MAX_RUN_LENGTH);
        }
        return (chunk & StatusChunkWriter.TWO_BIT_SYMBOLS_BIT) == 0
                ? readVector(chunk, StatusChunkWriter.ONE_BIT_SYMBOLS, 1)
                : readVector(chunk, StatusChunkWriter.TWO_BIT_SYMBOLS, 2);
    }

    private boolean readRun(int symbol, int length) {
        int end = Math.min(offset + length, statusCount);
        if (symbol == StatusSymbol.NOT_RECEIVED) {
            offset = end;
            return true;
        }
        while (offset < end) {
            if (!add(symbol)) {
                return false;
            }
        }
        return true;
    }

    private boolean readVector(int chunk, int symbols, int bitsEach) {
        int mask = (1 << bitsEach) - 1;
        for (int i = symbols - 1; i >= 0 && offset < statusCount; i--) {
            if (!add((chunk >>> (i * bitsEach)) & mask)) {
                return false;
            }
        }
        return true;
    }

    private boolean add(int symbol) {
        if (symbol == StatusSymbol.NOT_RECEIVED) {
            offset++;
            return true;
        }
        if (symbol == StatusSymbol.RESERVED || receivedCount >= body.readableBytes()) {
            return false;
        }
        int large = symbol == StatusSymbol.LARGE_DELTA ? 1 : 0;
        received[receivedCount++] = (offset << 1) | large;
        offset++;
        return true;
    }
}
