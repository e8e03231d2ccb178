package dev.sluice.video.payload.h264;

import dev.sluice.video.payload.nal.NalFraming;
import dev.sluice.video.payload.nal.NalPacketizer;
import dev.sluice.video.payload.nal.NalUnits;

import io.netty.buffer.ByteBuf;

/**
 * Splits H.264 access units into payloads of RFC 6184: NAL units that fit together go into an
 * STAP-A (section 5.7.1), one that is too large into FU-As of about equal size (5.8), any other
 * alone (5.6). In packetization mode 0 all go alone, and one that is larger than a payload may be
 * is refused.
 */
public final class H264Packetizer extends NalPacketizer {

    private static final int NAL_HEADER_BYTES = 1;
    private static final int FORBIDDEN_BIT = 0x80;
    private static final int NRI = 0x60;

    private final PacketizationMode mode;

    /** A packetizer of Annex B access units. */
    public H264Packetizer(PacketizationMode mode) {
        this(mode, NalFraming.ANNEX_B);
    }

    public H264Packetizer(PacketizationMode mode, NalFraming framing) {
        super(framing, NAL_HEADER_BYTES);
        this.mode = mode;
    }

    @Override
    protected void requireNalUnit(
            ByteBuf frame, NalUnits nals, int position, int maxPayloadSizeBytes) {
        int type = NalUnitType.of(frame.getByte(nals.index(position)));
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

    @Override
    protected boolean aggregates() {
        return mode != PacketizationMode.SINGLE_NAL_UNIT;
    }

    /** F is set if any is, NRI is the highest of all: section 5.7. */
    @Override
    protected void writeAggregateHeader(
            ByteBuf out, ByteBuf frame, NalUnits nals, int first, int end) {
        int forbidden = 0;
        int nri = 0;
        for (int i = first; i < end; i++) {
            int header = frame.getByte(nals.index(i));
            forbidden |= header & FORBIDDEN_BIT;
            nri = Math.max(nri, header & NRI);
        }
        out.writeByte(forbidden | nri | NalUnitType.STAP_A);
    }

    @Override
    protected void writeFragmentHeader(ByteBuf out, ByteBuf frame, int nal, int flags) {
        int header = frame.getByte(nal);
        out.writeByte((header & (FORBIDDEN_BIT | NRI)) | NalUnitType.FU_A);
        out.writeByte(flags | NalUnitType.of(header));
    }
}
