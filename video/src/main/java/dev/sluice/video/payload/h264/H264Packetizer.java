package dev.sluice.video.payload.h264;

import dev.sluice.video.payload.Packetizer;
import dev.sluice.video.payload.PayloadSink;
import dev.sluice.video.payload.nal.NalFraming;
import dev.sluice.video.payload.nal.NalUnits;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * Splits H.264 access units into payloads of RFC 6184: NAL units that fit together go into an
 * STAP-A (section 5.7.1), one that is too large into FU-As of about equal size (5.8), any other
 * alone (5.6). In packetization mode 0 all go alone.
 */
public final class H264Packetizer implements Packetizer {

    private static final int MIN_PAYLOAD_SIZE_BYTES = 64;
    private static final int NAL_HEADER_BYTES = 1;
    private static final int STAP_SIZE_BYTES = 2;
    private static final int MAX_STAP_NAL_BYTES = 0xffff;
    private static final int FU_HEADERS_BYTES = 2;
    private static final int FU_START = 0x80;
    private static final int FU_END = 0x40;
    private static final int FORBIDDEN_BIT = 0x80;
    private static final int NRI = 0x60;

    private final PacketizationMode mode;
    private final NalFraming framing;
    private final NalUnits nals = new NalUnits();
    private final ByteBuf payload = Unpooled.buffer();

    /** A packetizer of Annex B access units. */
    public H264Packetizer(PacketizationMode mode) {
        this(mode, NalFraming.ANNEX_B);
    }

    public H264Packetizer(PacketizationMode mode, NalFraming framing) {
        this.mode = mode;
        this.framing = framing;
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException also if, in packetization mode 0, a NAL unit is larger than
     *     a payload may be
     */
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
            checkNalUnit(NalUnitType.of(frame.getByte(nals.index(i))), i, maxPayloadSizeBytes);
        }
    }

    private void checkNalUnit(int type, int position, int maxPayloadSizeBytes) {
        if (!NalUnitType.isSingle(type)) {
            throw new IllegalArgumentException(
                    "NAL unit %d has type %d, expected 1 to 23".formatted(position, type));
        }
        int lengthBytes = nals.lengthBytes(position);
        if (mode == PacketizationMode.SINGLE_NAL_UNIT && lengthBytes > maxPayloadSizeBytes) {
            throw new IllegalArgumentException(
                    "NAL unit %d has %d bytes, over the %d that packetization mode 0 can send"
                            .formatted(position, lengthBytes, maxPayloadSizeBytes));
        }
    }

    /** The position after the last NAL unit that fits into one payload with the first. */
    private int aggregateEnd(int first, int maxPayloadSizeBytes) {
        int end = first + 1;
        if (mode == PacketizationMode.SINGLE_NAL_UNIT
                || nals.lengthBytes(first) > MAX_STAP_NAL_BYTES) {
            return end;
        }
        int sizeBytes = NAL_HEADER_BYTES + STAP_SIZE_BYTES + nals.lengthBytes(first);
        while (end < nals.count() && nals.lengthBytes(end) <= MAX_STAP_NAL_BYTES) {
            sizeBytes += STAP_SIZE_BYTES + nals.lengthBytes(end);
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
            payload.writeByte(aggregateHeader(frame, first, end));
        }
        for (int i = first; i < end; i++) {
            if (end - first > 1) {
                payload.writeShort(nals.lengthBytes(i));
            }
            payload.writeBytes(frame, nals.index(i), nals.lengthBytes(i));
        }
        out.onPayload(payload, end == nals.count());
    }

    /** F is set if any is, NRI is the highest of all: section 5.7. */
    private int aggregateHeader(ByteBuf frame, int first, int end) {
        int forbidden = 0;
        int nri = 0;
        for (int i = first; i < end; i++) {
            int header = frame.getByte(nals.index(i));
            forbidden |= header & FORBIDDEN_BIT;
            nri = Math.max(nri, header & NRI);
        }
        return forbidden | nri | NalUnitType.STAP_A;
    }

    /** There are two fragments at least, as no FU may both start and end a NAL unit. */
    private void writeFragments(
            ByteBuf frame, int position, int maxPayloadSizeBytes, PayloadSink out) {
        int header = frame.getByte(nals.index(position));
        int next = nals.index(position) + NAL_HEADER_BYTES;
        int end = nals.index(position) + nals.lengthBytes(position);
        int most = maxPayloadSizeBytes - FU_HEADERS_BYTES;
        int fragmentBytes = Math.ceilDiv(end - next, Math.ceilDiv(end - next, most));
        int start = FU_START;
        while (next < end) {
            int sizeBytes = Math.min(fragmentBytes, end - next);
            boolean last = next + sizeBytes == end;
            payload.clear();
            payload.writeByte((header & (FORBIDDEN_BIT | NRI)) | NalUnitType.FU_A);
            payload.writeByte(start | (last ? FU_END : 0) | NalUnitType.of(header));
            payload.writeBytes(frame, next, sizeBytes);
            out.onPayload(payload, last && position == nals.count() - 1);
            next += sizeBytes;
            start = 0;
        }
    }
}
