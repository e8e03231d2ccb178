package dev.sluice.video.rewrite;

/** What was written into the latest packets of a viewer, by sequence number: numbers, not bytes. */
final class SentNumbers {

    private static final int MARKER = 0x01;
    private static final int PICTURE_ID = 0x02;
    private static final int TL0_PICTURE_INDEX = 0x04;
    private static final int FRAME_NUMBER = 0x08;
    private static final int TARGETS = 0x10;
    private static final int STRUCTURE = 0x20;

    private final long[] sequences;
    private final int[] sources;
    private final long[] sourceSequences;
    private final int[] timestamps;
    private final byte[] flags;
    private final char[] pictureIds;
    private final byte[] tl0PictureIndices;
    private final char[] frameNumbers;
    private final int[] activeDecodeTargets;
    private final int mask;

    /**
     * @param capacity a power of two
     */
    SentNumbers(int capacity) {
        sequences = new long[capacity];
        sources = new int[capacity];
        sourceSequences = new long[capacity];
        timestamps = new int[capacity];
        flags = new byte[capacity];
        pictureIds = new char[capacity];
        tl0PictureIndices = new byte[capacity];
        frameNumbers = new char[capacity];
        activeDecodeTargets = new int[capacity];
        mask = capacity - 1;
    }

    void keep(PacketNumbers numbers) {
        int slot = (int) numbers.extendedSequence & mask;
        sequences[slot] = numbers.extendedSequence;
        sources[slot] = numbers.source;
        sourceSequences[slot] = numbers.sourceSequence;
        timestamps[slot] = (int) numbers.timestamp;
        flags[slot] = (byte) flags(numbers);
        pictureIds[slot] = (char) numbers.pictureId;
        tl0PictureIndices[slot] = (byte) numbers.tl0PictureIndex;
        frameNumbers[slot] = (char) numbers.frameNumber;
        activeDecodeTargets[slot] = numbers.activeDecodeTargets;
    }

    private static int flags(PacketNumbers numbers) {
        return (numbers.marker ? MARKER : 0)
                | (numbers.pictureId == PacketNumbers.ABSENT ? 0 : PICTURE_ID)
                | (numbers.tl0PictureIndex == PacketNumbers.ABSENT ? 0 : TL0_PICTURE_INDEX)
                | (numbers.frameNumber == PacketNumbers.ABSENT ? 0 : FRAME_NUMBER)
                | (numbers.tellsTargets ? TARGETS : 0)
                | (numbers.attachesStructure ? STRUCTURE : 0);
    }

    /** False where the packet was never sent, or too long ago. */
    boolean recall(long extendedSequence, PacketNumbers into) {
        int slot = (int) extendedSequence & mask;
        if (sequences[slot] != extendedSequence) {
            return false;
        }
        int has = flags[slot];
        into.clear();
        into.extendedSequence = extendedSequence;
        into.source = sources[slot];
        into.sourceSequence = sourceSequences[slot];
        into.timestamp = timestamps[slot] & 0xFFFF_FFFFL;
        into.marker = (has & MARKER) != 0;
        into.pictureId = (has & PICTURE_ID) == 0 ? PacketNumbers.ABSENT : pictureIds[slot];
        into.tl0PictureIndex =
                (has & TL0_PICTURE_INDEX) == 0
                        ? PacketNumbers.ABSENT
                        : tl0PictureIndices[slot] & 0xFF;
        into.frameNumber = (has & FRAME_NUMBER) == 0 ? PacketNumbers.ABSENT : frameNumbers[slot];
        into.tellsTargets = (has & TARGETS) != 0;
        into.activeDecodeTargets = activeDecodeTargets[slot];
        into.attachesStructure = (has & STRUCTURE) != 0;
        return true;
    }
}
