package dev.sluice.video.payload.nal;

import dev.sluice.video.payload.Packetizer;
import dev.sluice.video.payload.PayloadSink;
import dev.sluice.video.payload.PayloadSize;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * How access units of H.264 (RFC 6184 section 5) and H.265 (RFC 7798 section 4.4) are split alike:
 * NAL units that fit together share a payload, one that is too large goes in fragments of about
 * equal size, any other alone. The headers of these payloads are the format's.
 */
public abstract class NalPacketizer implements Packetizer {

    /** Set in the last header byte of a fragment, beside the type: it is the first, the last. */
    private static final int FRAGMENT_START = 0x80;

    private static final int FRAGMENT_END = 0x40;

    /** What an aggregate has before each NAL unit: its size. */
    private static final int SIZE_FIELD_BYTES = 2;

    private static final int MAX_AGGREGATED_BYTES = 0xffff;

    private final NalFraming framing;
    private final int headerBytes;
    private final NalUnits nals = new NalUnits();
    private final ByteBuf payload = Unpooled.buffer();

    /**
     * @param headerBytes the size of a NAL unit's header, and of an aggregate's; a fragment's is
     *     one byte longer
     */
    protected NalPacketizer(NalFraming framing, int headerBytes) {
        this.framing = framing;
        this.headerBytes = headerBytes;
    }

    @Override
    public void packetize(ByteBuf frame, int maxPayloadSizeBytes, PayloadSink out) {
        read(frame, maxPayloadSizeBytes);
        int next = 0;
        while (next < nals.count()) {
            if (nals.lengthBytes(next) > maxPayloadSizeBytes) {
                writeFragments(frame, next, maxPayloadSizeBytes, out);
                next++;
            } else {
                int end = aggregateEnd(next, maxPayloadSizeBytes);
                writeTogether(frame, next, end, out);
                next = end;
            }
        }
    }

    private void read(ByteBuf frame, int maxPayloadSizeBytes) {
        PayloadSize.require(frame, maxPayloadSizeBytes);
        if (!nals.read(frame, framing)) {
            throw new IllegalArgumentException("Not an access unit framed as " + framing);
        }
        for (int i = 0; i < nals.count(); i++) {
            requireNalUnit(frame, nals, i, maxPayloadSizeBytes);
        }
    }

    /**
     * @throws IllegalArgumentException if the format does not send such a NAL unit
     */
    protected abstract void requireNalUnit(
            ByteBuf frame, NalUnits nals, int position, int maxPayloadSizeBytes);

    /** Whether there are aggregates at all. */
    protected abstract boolean aggregates();

    /**
     * Appends the header of an aggregate of the NAL units from {@code first} to before {@code end}.
     */
    protected abstract void writeAggregateHeader(
            ByteBuf out, ByteBuf frame, NalUnits nals, int first, int end);

    /**
     * Appends the header of a fragment of the NAL unit at the absolute index {@code nal}.
     *
     * @param flags to be set in the header's last byte, beside the type
     */
    protected abstract void writeFragmentHeader(ByteBuf out, ByteBuf frame, int nal, int flags);

    /** The position after the last NAL unit that fits into one payload with the first. */
    private int aggregateEnd(int first, int maxPayloadSizeBytes) {
        int end = first + 1;
        if (!aggregates() || nals.lengthBytes(first) > MAX_AGGREGATED_BYTES) {
            return end;
        }
        int sizeBytes = headerBytes + SIZE_FIELD_BYTES + nals.lengthBytes(first);
        while (end < nals.count() && nals.lengthBytes(end) <= MAX_AGGREGATED_BYTES) {
            sizeBytes += SIZE_FIELD_BYTES + nals.lengthBytes(end);
            if (sizeBytes > maxPayloadSizeBytes) {
                break;
            }
            end++;
        }
        return end;
    }

    private void writeTogether(ByteBuf frame, int first, int end, PayloadSink out) {
        boolean together = end - first > 1;
        payload.clear();
        if (together) {
            writeAggregateHeader(payload, frame, nals, first, end);
        }
        for (int i = first; i < end; i++) {
            if (together) {
                payload.writeShort(nals.lengthBytes(i));
            }
            payload.writeBytes(frame, nals.index(i), nals.lengthBytes(i));
        }
        out.onPayload(payload, end == nals.count());
    }

    /** There are two fragments at least, as none may both start and end a NAL unit. */
    private void writeFragments(
            ByteBuf frame, int position, int maxPayloadSizeBytes, PayloadSink out) {
        int nal = nals.index(position);
        int next = nal + headerBytes;
        int end = nal + nals.lengthBytes(position);
        int flags = FRAGMENT_START;
        int fragments = Math.ceilDiv(end - next, maxPayloadSizeBytes - headerBytes - 1);
        for (; fragments > 0; fragments--) {
            boolean last = fragments == 1;
            int sizeBytes = Math.ceilDiv(end - next, fragments);
            payload.clear();
            writeFragmentHeader(payload, frame, nal, last ? flags | FRAGMENT_END : flags);
            payload.writeBytes(frame, next, sizeBytes);
            out.onPayload(payload, last && position == nals.count() - 1);
            next += sizeBytes;
            flags = 0;
        }
    }
}
