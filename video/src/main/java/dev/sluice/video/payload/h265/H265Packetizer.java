package dev.sluice.video.payload.h265;

import dev.sluice.video.payload.Packetizer;
import dev.sluice.video.payload.PayloadSink;
import dev.sluice.video.payload.nal.NalFraming;
import dev.sluice.video.payload.nal.NalUnits;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * Splits H.265 access units into payloads of RFC 7798 in single stream mode, without decoding order
 * numbers (sprop-max-don-diff 0): NAL units that fit together go into an aggregation packet
 * (section 4.4.2), one that is too large into fragmentation units of about equal size (4.4.3), any
 * other alone (4.4.1).
 */
public final class H265Packetizer implements Packetizer {

    private static final int MIN_PAYLOAD_SIZE_BYTES = 64;
    private static final int HEADER_BYTES = H265NalUnitType.HEADER_BYTES;
    private static final int AP_SIZE_BYTES = 2;
    private static final int MAX_AP_NAL_BYTES = 0xffff;
    private static final int FU_HEADERS_BYTES = HEADER_BYTES + 1;
    private static final int FU_START = 0x80;
    private static final int FU_END = 0x40;
    private static final int FORBIDDEN_BIT = 0x8000;
    private static final int LAYER_MASK = 0x01f8;
    private static final int TID_MASK = 0x0007;
    private static final int TYPE_SHIFT = 9;

    private final NalFraming framing;
    private final NalUnits nals = new NalUnits();
    private final ByteBuf payload = Unpooled.buffer();

    /** A packetizer of Annex B access units. */
    public H265Packetizer() {
        this(NalFraming.ANNEX_B);
    }

    public H265Packetizer(NalFraming framing) {
        this.framing = framing;
    }

    @Override
    public void packetize(ByteBuf frame, int maxPayloadSizeBytes, PayloadSink out) {
        check(frame, maxPayloadSizeBytes);
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

    private void check(ByteBuf frame, int maxPayloadSizeBytes) {
        if (maxPayloadSizeBytes < MIN_PAYLOAD_SIZE_BYTES) {
            throw new IllegalArgumentException(
                    "Payload size %d is below %d"
                            .formatted(maxPayloadSizeBytes, MIN_PAYLOAD_SIZE_BYTES));
        }
        if (!nals.read(frame, framing)) {
            throw new IllegalArgumentException("Not an access unit framed as " + framing);
        }
        for (int i = 0; i < nals.count(); i++) {
            if (!H265NalUnitType.isNalUnit(frame, nals.index(i), nals.lengthBytes(i))) {
                throw new IllegalArgumentException(
                        "NAL unit %d has no header with a type of 0 to 47 and a TID of 1 to 7"
                                .formatted(i));
            }
        }
    }

    /** The position after the last NAL unit that fits into one payload with the first. */
    private int aggregateEnd(int first, int maxPayloadSizeBytes) {
        int end = first + 1;
        if (nals.lengthBytes(first) > MAX_AP_NAL_BYTES) {
            return end;
        }
        int sizeBytes = HEADER_BYTES + AP_SIZE_BYTES + nals.lengthBytes(first);
        while (end < nals.count() && nals.lengthBytes(end) <= MAX_AP_NAL_BYTES) {
            sizeBytes += AP_SIZE_BYTES + nals.lengthBytes(end);
            if (sizeBytes > maxPayloadSizeBytes) {
                break;
            }
            end++;
        }
        return end;
    }

    private void writeTogether(ByteBuf frame, int first, int end, PayloadSink out) {
        payload.clear();
        if (end - first > 1) {
            payload.writeShort(aggregateHeader(frame, first, end));
        }
        for (int i = first; i < end; i++) {
            if (end - first > 1) {
                payload.writeShort(nals.lengthBytes(i));
            }
            payload.writeBytes(frame, nals.index(i), nals.lengthBytes(i));
        }
        out.onPayload(payload, end == nals.count());
    }

    /** F is set if any is, LayerId and TID are the lowest of all: section 4.4.2. */
    private int aggregateHeader(ByteBuf frame, int first, int end) {
        int forbidden = 0;
        int layer = LAYER_MASK;
        int tid = TID_MASK;
        for (int i = first; i < end; i++) {
            int header = frame.getUnsignedShort(nals.index(i));
            forbidden |= header & FORBIDDEN_BIT;
            layer = Math.min(layer, header & LAYER_MASK);
            tid = Math.min(tid, header & TID_MASK);
        }
        return forbidden | H265NalUnitType.AGGREGATION << TYPE_SHIFT | layer | tid;
    }

    /** There are two fragments at least, as no FU may both start and end a NAL unit. */
    private void writeFragments(
            ByteBuf frame, int position, int maxPayloadSizeBytes, PayloadSink out) {
        int index = nals.index(position);
        int type = H265NalUnitType.of(frame.getByte(index));
        int header = H265NalUnitType.withType(frame.getByte(index), H265NalUnitType.FRAGMENTATION);
        int next = index + HEADER_BYTES;
        int end = index + nals.lengthBytes(position);
        int most = maxPayloadSizeBytes - FU_HEADERS_BYTES;
        int fragmentBytes = Math.ceilDiv(end - next, Math.ceilDiv(end - next, most));
        int start = FU_START;
        while (next < end) {
            int sizeBytes = Math.min(fragmentBytes, end - next);
            boolean last = next + sizeBytes == end;
            payload.clear();
            payload.writeByte(header);
            payload.writeByte(frame.getByte(index + 1));
            payload.writeByte(start | (last ? FU_END : 0) | type);
            payload.writeBytes(frame, next, sizeBytes);
            out.onPayload(payload, last && position == nals.count() - 1);
            next += sizeBytes;
            start = 0;
        }
    }
}
