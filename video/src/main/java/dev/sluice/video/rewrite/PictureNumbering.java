package dev.sluice.video.rewrite;

import dev.sluice.media.rtp.Codec;
import dev.sluice.video.layer.PacketLayers;

import java.util.random.RandomGenerator;

/**
 * The picture ids and TL0PICIDX of VP8 and VP9 as one viewer sees them, over changing sources.
 *
 * <p>Of VP8 the ids close up where pictures are left out: a receiver takes a missing id for a
 * missing picture. Of VP9 they keep their distances, because references are counted in them (RFC
 * 9628, P_DIFF) and the place in the picture group is. Ids always have 15 bits, so that sources of
 * either width can follow each other.
 */
final class PictureNumbering {

    /** Pictures that may come late: over 4 s at 60 per second. */
    private static final int WINDOW_PICTURES = 256;

    private static final int PICTURE_ID_MASK = 0x7FFF;
    private static final int TL0_MASK = 0xFF;

    private final NumberWindow vp8;
    private boolean begins;

    /** Of VP9: the highest picture of the source, and what is added to its numbers. */
    private long highestPicture;

    private long pictureOffset;
    private int tl0Offset;

    /** The last that were given. */
    private long lastPicture;

    private int lastTl0;

    PictureNumbering(RandomGenerator random) {
        lastPicture = random.nextInt(PICTURE_ID_MASK);
        lastTl0 = random.nextInt(TL0_MASK);
        vp8 = new NumberWindow(WINDOW_PICTURES, lastPicture);
    }

    /** The next packet is the first of a new source. */
    void begin() {
        begins = true;
    }

    /**
     * Fills in what the packet's descriptor has.
     *
     * @param isNew whether the packet is no late one
     * @return false where the picture has no place among those that were given
     */
    boolean number(PacketLayers packet, boolean isNew, PacketNumbers into) {
        if (packet.pictureId() != PacketLayers.ABSENT) {
            if (begins || (isNew && isRenumbered(packet))) {
                beginAt(packet);
            }
            long picture = map(packet);
            if (picture == NumberWindow.NONE) {
                return false;
            }
            into.pictureId = (int) picture & PICTURE_ID_MASK;
        }
        numberTl0(packet, into);
        begins = false;
        return true;
    }

    /** A picture of the source is left out. */
    void leaveOut(PacketLayers packet) {
        if (packet.codec() == Codec.VP8 && packet.pictureId() != PacketLayers.ABSENT && !begins) {
            vp8.leaveOut(packet.pictureNumber());
        }
    }

    /** Whether the source has begun to count anew, as encoders do that are set up anew. */
    private boolean isRenumbered(PacketLayers packet) {
        long ahead = packet.pictureNumber() - highestPicture;
        return ahead < 0 || (packet.startsKeyFrame() && ahead > WINDOW_PICTURES);
    }

    private void beginAt(PacketLayers packet) {
        lastPicture = Math.max(lastPicture, vp8.highestMapped());
        pictureOffset = lastPicture + 1 - packet.pictureNumber();
        highestPicture = packet.pictureNumber();
        vp8.begin(packet.pictureNumber(), lastPicture);
    }

    private long map(PacketLayers packet) {
        long number = packet.pictureNumber();
        highestPicture = Math.max(highestPicture, number);
        if (packet.codec() == Codec.VP8) {
            return vp8.send(number);
        }
        long picture = number + pictureOffset;
        lastPicture = Math.max(lastPicture, picture);
        return picture;
    }

    private void numberTl0(PacketLayers packet, PacketNumbers into) {
        int tl0 = packet.tl0PictureIndex();
        if (tl0 == PacketLayers.ABSENT) {
            return;
        }
        if (begins) {
            tl0Offset = lastTl0 + 1 - tl0;
        }
        into.tl0PictureIndex = tl0 + tl0Offset & TL0_MASK;
        if ((byte) (into.tl0PictureIndex - lastTl0) > 0) {
            lastTl0 = into.tl0PictureIndex;
        }
    }
}
