package dev.sluice.video.payload.h265;

import dev.sluice.video.payload.nal.NalFraming;
import dev.sluice.video.payload.nal.NalPacketizer;
import dev.sluice.video.payload.nal.NalUnits;

import io.netty.buffer.ByteBuf;

/**
 * Splits H.265 access units into payloads of RFC 7798 in single stream mode, without decoding order
 * numbers (sprop-max-don-diff 0): NAL units that fit together go into an aggregation packet
 * (section 4.4.2), one that is too large into fragmentation units of about equal size (4.4.3), any
 * other alone (4.4.1).
 */
public final class H265Packetizer extends NalPacketizer {

    private static final int HEADER_BYTES = H265NalUnitType.HEADER_BYTES;
    private static final int FORBIDDEN_BIT = 0x8000;
    private static final int LAYER_MASK = 0x01f8;
    private static final int TID_MASK = 0x0007;
    private static final int TYPE_SHIFT = 9;

    /** A packetizer of Annex B access units. */
    public H265Packetizer() {
        this(NalFraming.ANNEX_B);
    }

    public H265Packetizer(NalFraming framing) {
        super(framing, HEADER_BYTES);
    }

    @Override
    protected void requireNalUnit(
            ByteBuf frame, NalUnits nals, int position, int maxPayloadSizeBytes) {
        if (!H265NalUnitType.isNalUnit(frame, nals.index(position), nals.lengthBytes(position))) {
            throw new IllegalArgumentException(
                    "NAL unit %d has no header with a type of 0 to 47 and a TID of 1 to 7"
                            .formatted(position));
        }
    }

    @Override
    protected boolean aggregates() {
        return true;
    }

    /** F is set if any is, LayerId and TID are the lowest of all: section 4.4.2. */
    @Override
    protected void writeAggregateHeader(
            ByteBuf out, ByteBuf frame, NalUnits nals, int first, int end) {
        int forbidden = 0;
        int layer = LAYER_MASK;
        int tid = TID_MASK;
        for (int i = first; i < end; i++) {
            int header = frame.getUnsignedShort(nals.index(i));
            forbidden |= header & FORBIDDEN_BIT;
            layer = Math.min(layer, header & LAYER_MASK);
            tid = Math.min(tid, header & TID_MASK);
        }
        out.writeShort(forbidden | H265NalUnitType.AGGREGATION << TYPE_SHIFT | layer | tid);
    }

    @Override
    protected void writeFragmentHeader(ByteBuf out, ByteBuf frame, int nal, int flags) {
        int first = frame.getByte(nal);
        out.writeByte(H265NalUnitType.withType(first, H265NalUnitType.FRAGMENTATION));
        out.writeByte(frame.getByte(nal + 1));
        out.writeByte(flags | H265NalUnitType.of(first));
    }
}
