package dev.sluice.media.fec;

import io.netty.buffer.ByteBuf;

/** The formats of repair packets. */
public enum FecFormat {

    /** RFC 5109, in the media's own stream, inside RED; see {@link UlpFecPayload}. */
    ULPFEC,

    /** draft-ietf-payload-flexible-fec-scheme-03, as libwebrtc has it; {@link FlexFec03Payload}. */
    FLEXFEC_03,

    /** RFC 8627; see {@link FlexFecPayload}. */
    FLEXFEC;

    /**
     * Reads a repair packet's payload.
     *
     * @param sources the protected streams where the payload does not name them
     * @return false when it is not well-formed; the header then has no meaning
     */
    public boolean read(
            ByteBuf payload, int index, int sizeBytes, long[] sources, FecHeader header) {
        return switch (this) {
            case ULPFEC -> UlpFecPayload.read(payload, index, sizeBytes, sources, header);
            case FLEXFEC_03 -> FlexFec03Payload.read(payload, index, sizeBytes, header);
            case FLEXFEC -> FlexFecPayload.read(payload, index, sizeBytes, sources, header);
        };
    }

    /** The size of the header before the protected bytes. */
    int headerSizeBytes(long mask) {
        return switch (this) {
            case ULPFEC -> UlpFecPayload.headerSizeBytes(mask);
            case FLEXFEC_03 -> FlexFec03Payload.headerSizeBytes(mask);
            case FLEXFEC -> FlexFecPayload.headerSizeBytes(mask);
        };
    }

    /**
     * Appends a payload that protects packets of one stream.
     *
     * @param base the sequence number of the mask's first bit
     * @param mask the highest bit is that of the packet {@code base}, and is set
     */
    void write(ByteBuf out, XorBlock block, long ssrc, int base, long mask) {
        switch (this) {
            case ULPFEC -> UlpFecPayload.writeHeader(out, block, base, mask);
            case FLEXFEC_03 -> FlexFec03Payload.writeHeader(out, block, ssrc, base, mask);
            case FLEXFEC -> FlexFecPayload.writeHeader(out, block, base, mask);
        }
        block.writeData(out);
    }
}
