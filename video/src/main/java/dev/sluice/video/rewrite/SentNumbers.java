package dev.sluice.video.rewrite;

/**
 * What was written into the latest packets of a viewer, by sequence number: numbers, not bytes.
 * Those of a packet are together, half a cache line; the room is made with the first.
 */
final class SentNumbers {

    private static final int MARKER = 0x01;
    private static final int PICTURE_ID = 0x02;
    private static final int TL0_PICTURE_INDEX = 0x04;
    private static final int FRAME_NUMBER = 0x08;
    private static final int TARGETS = 0x10;
    private static final int STRUCTURE = 0x20;

    private static final int KEPT = 0x40;

    private static final int LONGS = 4;

    /** The sequence number without the wrap, in 56 bits, and the flags. */
    private static final int NAME = 0;

    /** The number in the source without the wrap, in 48 bits, and the picture id. */
    private static final int SOURCE_SEQUENCE = 1;

    /** The timestamp and the source. */
    private static final int TIMESTAMP = 2;

    /** The frame number, TL0PICIDX in the half below, and the decode targets in the lower half. */
    private static final int LAYERS = 3;

    private static final long[] NO_PACKETS = {};

    private final int mask;
    private long[] packets = NO_PACKETS;

    /**
     * @param capacity a power of two
     */
    SentNumbers(int capacity) {
        mask = capacity - 1;
    }

    void keep(PacketNumbers numbers) {
        if (packets.length == 0) {
            packets = new long[LONGS * (mask + 1)];
        }
        int at = at(numbers.extendedSequence);
        packets[at + NAME] = numbers.extendedSequence << 8 | flags(numbers);
        packets[at + SOURCE_SEQUENCE] =
                numbers.sourceSequence << 16 | (numbers.pictureId & 0xFFFFL);
        packets[at + TIMESTAMP] = numbers.timestamp << 32 | (numbers.source & 0xFFFF_FFFFL);
        packets[at + LAYERS] =
                (long) numbers.frameNumber << 48
                        | (numbers.tl0PictureIndex & 0xFFL) << 32
                        | (numbers.activeDecodeTargets & 0xFFFF_FFFFL);
    }

    private static int flags(PacketNumbers numbers) {
        return KEPT
                | (numbers.marker ? MARKER : 0)
                | (numbers.pictureId == PacketNumbers.ABSENT ? 0 : PICTURE_ID)
                | (numbers.tl0PictureIndex == PacketNumbers.ABSENT ? 0 : TL0_PICTURE_INDEX)
                | (numbers.frameNumber == PacketNumbers.ABSENT ? 0 : FRAME_NUMBER)
                | (numbers.tellsTargets ? TARGETS : 0)
                | (numbers.attachesStructure ? STRUCTURE : 0);
    }

    /** False where the packet was never sent, or too long ago. */
    boolean recall(long extendedSequence, PacketNumbers into) {
        if (packets.length == 0) {
            return false;
        }
        int at = at(extendedSequence);
        long name = packets[at + NAME];
        if ((name & KEPT) == 0 || name >> 8 != extendedSequence) {
            return false;
        }
        into.clear();
        into.extendedSequence = extendedSequence;
        into.source = (int) packets[at + TIMESTAMP];
        into.sourceSequence = packets[at + SOURCE_SEQUENCE] >> 16;
        into.timestamp = packets[at + TIMESTAMP] >>> 32;
        into.marker = (name & MARKER) != 0;
        recallPicture(at, (int) name, into);
        return true;
    }

    private void recallPicture(int at, int flags, PacketNumbers into) {
        long layers = packets[at + LAYERS];
        if ((flags & PICTURE_ID) != 0) {
            into.pictureId = (int) packets[at + SOURCE_SEQUENCE] & 0xFFFF;
        }
        if ((flags & TL0_PICTURE_INDEX) != 0) {
            into.tl0PictureIndex = (int) (layers >> 32) & 0xFF;
        }
        if ((flags & FRAME_NUMBER) != 0) {
            into.frameNumber = (int) (layers >>> 48);
        }
        into.tellsTargets = (flags & TARGETS) != 0;
        into.activeDecodeTargets = (int) layers;
        into.attachesStructure = (flags & STRUCTURE) != 0;
    }

    private int at(long extendedSequence) {
        return LONGS * ((int) extendedSequence & mask);
    }
}
