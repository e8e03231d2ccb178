package dev.sluice.video.payload.vp9;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * A flyweight over the scalability structure of a VP9 payload descriptor, RFC 9628 section 4.2.1.
 *
 * <pre>
 *       +-+-+-+-+-+-+-+-+
 *  V:   | N_S |Y|G|-|-|-|
 *       +-+-+-+-+-+-+-+-+              -\
 *  Y:   |     WIDTH     | (OPTIONAL)    .
 *       +               +               .
 *       |               | (OPTIONAL)    .
 *       +-+-+-+-+-+-+-+-+               . N_S + 1 times
 *       |     HEIGHT    | (OPTIONAL)    .
 *       +               +               .
 *       |               | (OPTIONAL)    .
 *       +-+-+-+-+-+-+-+-+              -/
 *  G:   |      N_G      | (OPTIONAL)
 *       +-+-+-+-+-+-+-+-+                            -\
 *  N_G: | TID |U| R |-|-| (OPTIONAL)                 .
 *       +-+-+-+-+-+-+-+-+              -\            . N_G times
 *       |    P_DIFF     | (OPTIONAL)    . R times    .
 *       +-+-+-+-+-+-+-+-+              -/           -/
 * </pre>
 *
 * The pictures of the group are stepped over, not kept.
 */
public final class Vp9ScalabilityStructure {

    private static final int HAS_RESOLUTIONS = 0x10;
    private static final int HAS_PICTURE_GROUP = 0x08;
    private static final int RESOLUTION_BYTES = 4;

    private ByteBuf buffer = Unpooled.EMPTY_BUFFER;
    private int header;
    private int resolutionsIndex;

    Vp9ScalabilityStructure() {}

    /** Returns the index after the structure, or {@code end} if it does not end before that. */
    int wrap(ByteBuf payload, int index, int end) {
        buffer = payload;
        header = 0;
        if (index >= end) {
            return end;
        }
        int flags = payload.getByte(index);
        resolutionsIndex = index + 1;
        int resolutionsBytes =
                (flags & HAS_RESOLUTIONS) == 0 ? 0 : (layers(flags) * RESOLUTION_BYTES);
        int afterResolutions = resolutionsIndex + resolutionsBytes;
        if (afterResolutions > end) {
            return end;
        }
        header = flags;
        return (flags & HAS_PICTURE_GROUP) == 0
                ? afterResolutions
                : skipPictureGroup(afterResolutions, end);
    }

    /** The number of spatial layers (N_S + 1), 1 to 8. */
    public int spatialLayers() {
        return layers(header);
    }

    /** The width in pixels of a spatial layer, or 0 where it is not told. */
    public int width(int spatialLayer) {
        return dimension(spatialLayer, 0);
    }

    /** The height in pixels of a spatial layer, or 0 where it is not told. */
    public int height(int spatialLayer) {
        return dimension(spatialLayer, 2);
    }

    private int dimension(int spatialLayer, int offset) {
        boolean told =
                (header & HAS_RESOLUTIONS) != 0
                        && spatialLayer >= 0
                        && spatialLayer < spatialLayers();
        return told
                ? buffer.getUnsignedShort(
                        resolutionsIndex + spatialLayer * RESOLUTION_BYTES + offset)
                : 0;
    }

    private static int layers(int flags) {
        return (flags >> 5 & 0x07) + 1;
    }

    private int skipPictureGroup(int index, int end) {
        if (index >= end) {
            return end;
        }
        int pictures = buffer.getUnsignedByte(index);
        int next = index + 1;
        for (int picture = 0; picture < pictures && next < end; picture++) {
            int references = buffer.getByte(next) >> 2 & 0x03;
            next += 1 + references;
        }
        return Math.min(next, end);
    }
}
