package dev.sluice.video.payload.vp9;

import dev.sluice.video.payload.vp9.Vp9Scalability.GroupPicture;
import dev.sluice.video.payload.vp9.Vp9Scalability.Resolution;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import java.util.ArrayList;
import java.util.List;

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
 * The pictures of the group are stepped over until {@link #value} asks for them. The buffer is
 * borrowed as that of the descriptor is.
 */
public final class Vp9ScalabilityStructure {

    static final int HAS_RESOLUTIONS = 0x10;
    static final int HAS_PICTURE_GROUP = 0x08;
    static final int SWITCHING_UP_POINT = 0x10;
    static final int RESOLUTION_BYTES = 4;

    private ByteBuf buffer = Unpooled.EMPTY_BUFFER;
    private int header;
    private int resolutionsIndex;
    private int groupIndex;
    private int groupPictures;

    Vp9ScalabilityStructure() {}

    /** Returns the index after the structure, or {@code end} if it does not end before that. */
    int wrap(ByteBuf payload, int index, int end) {
        buffer = payload;
        header = 0;
        groupPictures = 0;
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

    /** The pictures in the group that repeats (N_G), 0 to 255; 0 also where there is no group. */
    public int groupPictures() {
        return groupPictures;
    }

    /** The whole structure, which needs no buffer any more. */
    public Vp9Scalability value() {
        List<Resolution> resolutions = new ArrayList<>();
        for (int i = 0; i < spatialLayers() && (header & HAS_RESOLUTIONS) != 0; i++) {
            resolutions.add(new Resolution(width(i), height(i)));
        }
        return new Vp9Scalability(spatialLayers(), resolutions, group());
    }

    private List<GroupPicture> group() {
        List<GroupPicture> group = new ArrayList<>();
        int index = groupIndex;
        for (int i = 0; i < groupPictures; i++) {
            int flags = buffer.getUnsignedByte(index);
            List<Integer> differences = new ArrayList<>();
            for (int reference = 1; reference <= references(flags); reference++) {
                differences.add((int) buffer.getUnsignedByte(index + reference));
            }
            boolean switchingUp = (flags & SWITCHING_UP_POINT) != 0;
            group.add(new GroupPicture(flags >> 5, switchingUp, differences));
            index += 1 + references(flags);
        }
        return group;
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
        groupPictures = buffer.getUnsignedByte(index);
        groupIndex = index + 1;
        int next = groupIndex;
        for (int picture = 0; picture < groupPictures && next < end; picture++) {
            next += 1 + references(buffer.getByte(next));
        }
        return Math.min(next, end);
    }

    private static int references(int pictureFlags) {
        return pictureFlags >> 2 & 0x03;
    }
}
