package dev.sluice.video.payload.h265;

import dev.sluice.video.payload.nal.RbspReader;

import io.netty.buffer.ByteBuf;

/**
 * A flyweight over an H.265 sequence parameter set of the base layer, H.265 section 7.3.2.2, as far
 * as the reordering of pictures. All accessors need a successful {@link #wrap}.
 */
public final class H265SequenceParameters {

    private static final int HEADER_BYTES = H265NalUnitType.HEADER_BYTES;
    private static final int LAYER_MASK = 0x01f8;
    private static final int MAX_ID = 15;
    private static final int MAX_SUB_LAYERS_MINUS_1 = 6;
    private static final int MAX_BIT_DEPTH_ABOVE_8 = 8;
    private static final int MAX_REORDERED_PICTURES = 15;
    private static final int CHROMA_MONOCHROME = 0;
    private static final int CHROMA_420 = 1;
    private static final int CHROMA_422 = 2;
    private static final int CHROMA_444 = 3;

    /**
     * Larger pictures than level 6.2 allows are not believed: 16,888 pixels is its longest side.
     */
    private static final int MAX_SIDE_PIXELS = 16_888;

    private final RbspReader reader = new RbspReader();
    private final H265ProfileTierLevel profileTierLevel = new H265ProfileTierLevel();
    private boolean inRange;
    private int videoParametersId;
    private int id;
    private int temporalLayers;
    private int chromaFormatIdc;
    private int chromaArrayType;
    private int width;
    private int height;
    private int bitDepthLuma;
    private int bitDepthChroma;
    private int reorderPictures;

    /**
     * Reads the NAL unit of {@code lengthBytes} bytes at the absolute {@code index}, header
     * included.
     *
     * @return false if it is cut off, has values out of range or is not of the base layer
     */
    public boolean wrap(ByteBuf nal, int index, int lengthBytes) {
        width = 0;
        height = 0;
        inRange = true;
        if (lengthBytes <= HEADER_BYTES || (nal.getUnsignedShort(index) & LAYER_MASK) != 0) {
            return false;
        }
        reader.wrap(nal, index + HEADER_BYTES, lengthBytes - HEADER_BYTES);
        readProfile();
        readSize();
        bitDepthLuma = 8 + upTo(MAX_BIT_DEPTH_ABOVE_8);
        bitDepthChroma = 8 + upTo(MAX_BIT_DEPTH_ABOVE_8);
        readReordering();
        return !reader.overrun() && inRange && width > 0 && height > 0;
    }

    /** The number by which picture parameter sets name this set, 0 to 15. */
    public int id() {
        return id;
    }

    /** The video parameter set that it belongs to, 0 to 15. */
    public int videoParametersId() {
        return videoParametersId;
    }

    /** What a decoder has to be capable of. */
    public H265ProfileTierLevel profileTierLevel() {
        return profileTierLevel;
    }

    /** The most temporal layers that the stream has, 1 to 7. */
    public int temporalLayers() {
        return temporalLayers;
    }

    /** chroma_format_idc: 0 monochrome, 1 for 4:2:0, 2 for 4:2:2, 3 for 4:4:4. */
    public int chromaFormatIdc() {
        return chromaFormatIdc;
    }

    /** Bits of a luma sample, 8 to 16. */
    public int bitDepthLuma() {
        return bitDepthLuma;
    }

    /** Bits of a chroma sample, 8 to 16. */
    public int bitDepthChroma() {
        return bitDepthChroma;
    }

    /** In pixels, within the conformance window. */
    public int width() {
        return width;
    }

    /** In pixels, within the conformance window. */
    public int height() {
        return height;
    }

    /**
     * The most pictures that come before another in decoding and after it on the screen
     * (sps_max_num_reorder_pics of the highest temporal layer), 0 to 15.
     */
    public int reorderPictures() {
        return reorderPictures;
    }

    private void readProfile() {
        videoParametersId = reader.bits(4);
        int subLayersMinus1 = reader.bits(3);
        inRange &= subLayersMinus1 <= MAX_SUB_LAYERS_MINUS_1;
        temporalLayers = Math.min(subLayersMinus1, MAX_SUB_LAYERS_MINUS_1) + 1;
        reader.bit(); // sps_temporal_id_nesting_flag
        profileTierLevel.read(reader, temporalLayers - 1);
        id = upTo(MAX_ID);
        chromaFormatIdc = upTo(CHROMA_444);
        boolean separatePlanes = chromaFormatIdc == CHROMA_444 && reader.flag();
        chromaArrayType = separatePlanes ? CHROMA_MONOCHROME : chromaFormatIdc;
    }

    private void readSize() {
        width = upTo(MAX_SIDE_PIXELS);
        height = upTo(MAX_SIDE_PIXELS);
        if (reader.flag()) {
            crop();
        }
    }

    /** The conformance window: SubWidthC and SubHeightC of table 6-1, section 7.4.3.2.1. */
    private void crop() {
        int unitX = chromaArrayType == CHROMA_420 || chromaArrayType == CHROMA_422 ? 2 : 1;
        int unitY = chromaArrayType == CHROMA_420 ? 2 : 1;
        long left = reader.unsignedCode();
        long right = reader.unsignedCode();
        long top = reader.unsignedCode();
        long bottom = reader.unsignedCode();
        width = (int) Math.max(0, width - unitX * (left + right));
        height = (int) Math.max(0, height - unitY * (top + bottom));
    }

    private void readReordering() {
        reader.unsignedCode(); // log2_max_pic_order_cnt_lsb_minus4
        int told = reader.flag() ? temporalLayers : 1;
        for (int i = 0; i < told; i++) {
            reader.unsignedCode(); // sps_max_dec_pic_buffering_minus1
            reorderPictures = upTo(MAX_REORDERED_PICTURES);
            reader.skipCode(); // sps_max_latency_increase_plus1
        }
    }

    /** An unsigned code; 0, and {@link #wrap} will refuse, if it is above {@code max}. */
    private int upTo(int max) {
        int value = reader.unsignedCode();
        inRange &= value <= max;
        return value <= max ? value : 0;
    }
}
