package dev.sluice.video.payload.vp9;

import io.netty.buffer.ByteBuf;

import java.util.List;

/**
 * The layers of a VP9 stream as a sender declares them: the value that {@link
 * Vp9ScalabilityStructure} reads, RFC 9628 section 4.2.1.
 *
 * @param spatialLayers the number of spatial layers (N_S + 1), 1 to 8
 * @param resolutions the size of each spatial layer, the lowest first; empty where it is not told
 * @param group the pictures that repeat, at most 255; empty where there is one temporal layer, or
 *     in flexible mode
 */
public record Vp9Scalability(
        int spatialLayers, List<Resolution> resolutions, List<GroupPicture> group) {

    /** The most spatial layers that a stream has. */
    public static final int MAX_SPATIAL_LAYERS = 8;

    /** The most pictures that a group has. */
    public static final int MAX_GROUP_PICTURES = 255;

    /** The most pictures that one picture refers to. */
    public static final int MAX_REFERENCES = 3;

    /** The size of a spatial layer in pixels, each 0 to 65,535. */
    public record Resolution(int width, int height) {

        public Resolution {
            requireWithin("width", width, 0, 0xffff);
            requireWithin("height", height, 0, 0xffff);
        }
    }

    /**
     * A picture of the group.
     *
     * @param temporalLayer the temporal layer (TID), 0 to 7
     * @param switchingUpPoint whether a receiver may move up to the layer here (U)
     * @param pictureDifferences how many pictures back each of its up to three references is
     *     (P_DIFF), each 0 to 255
     */
    public record GroupPicture(
            int temporalLayer, boolean switchingUpPoint, List<Integer> pictureDifferences) {

        public GroupPicture {
            requireWithin("temporal layer", temporalLayer, 0, 7);
            requireWithin("references", pictureDifferences.size(), 0, MAX_REFERENCES);
            pictureDifferences.forEach(diff -> requireWithin("P_DIFF", diff, 0, 255));
            pictureDifferences = List.copyOf(pictureDifferences);
        }
    }

    public Vp9Scalability {
        requireWithin("spatial layers", spatialLayers, 1, MAX_SPATIAL_LAYERS);
        requireWithin("pictures in a group", group.size(), 0, MAX_GROUP_PICTURES);
        if (!resolutions.isEmpty() && resolutions.size() != spatialLayers) {
            throw new IllegalArgumentException(
                    "%d resolutions of %d spatial layers"
                            .formatted(resolutions.size(), spatialLayers));
        }
        resolutions = List.copyOf(resolutions);
        group = List.copyOf(group);
    }

    /** The bytes that {@link #write} appends. */
    public int sizeBytes() {
        int size = 1 + resolutions.size() * Vp9ScalabilityStructure.RESOLUTION_BYTES;
        size += group.isEmpty() ? 0 : 1;
        for (GroupPicture picture : group) {
            size += 1 + picture.pictureDifferences().size();
        }
        return size;
    }

    /** Appends the structure as it is in a payload descriptor. */
    public void write(ByteBuf out) {
        int flags = (spatialLayers - 1) << 5;
        flags |= resolutions.isEmpty() ? 0 : Vp9ScalabilityStructure.HAS_RESOLUTIONS;
        flags |= group.isEmpty() ? 0 : Vp9ScalabilityStructure.HAS_PICTURE_GROUP;
        out.writeByte(flags);
        for (Resolution resolution : resolutions) {
            out.writeShort(resolution.width()).writeShort(resolution.height());
        }
        if (!group.isEmpty()) {
            out.writeByte(group.size());
            group.forEach(picture -> write(out, picture));
        }
    }

    private static void write(ByteBuf out, GroupPicture picture) {
        List<Integer> references = picture.pictureDifferences();
        int flags = (picture.temporalLayer() << 5) | (references.size() << 2);
        flags |= picture.switchingUpPoint() ? Vp9ScalabilityStructure.SWITCHING_UP_POINT : 0;
        out.writeByte(flags);
        references.forEach(out::writeByte);
    }

    private static void requireWithin(String what, int value, int lowest, int highest) {
        if (value < lowest || value > highest) {
            throw new IllegalArgumentException(
                    "%s %d, expected %d to %d".formatted(what, value, lowest, highest));
        }
    }
}
