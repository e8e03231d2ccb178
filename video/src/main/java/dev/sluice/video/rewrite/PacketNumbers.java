package dev.sluice.video.rewrite;

/** What is written into one packet for one viewer. Reusable. */
public final class PacketNumbers {

    /** The value of a number that the packet does not carry. */
    public static final int ABSENT = -1;

    int source;
    long sourceSequence;
    long extendedSequence;
    long timestamp;
    boolean marker;
    int pictureId = ABSENT;
    int tl0PictureIndex = ABSENT;
    int frameNumber = ABSENT;
    boolean tellsTargets;
    int activeDecodeTargets;
    boolean attachesStructure;

    /** Those of a packet without pictures and layers. */
    public static PacketNumbers of(long extendedSequence, long timestamp, boolean marker) {
        PacketNumbers numbers = new PacketNumbers();
        numbers.extendedSequence = extendedSequence;
        numbers.timestamp = timestamp;
        numbers.marker = marker;
        return numbers;
    }

    /** The source that the packet is from, by the number that the caller gave it. */
    public int source() {
        return source;
    }

    /** The packet's sequence number there without the wrap. */
    public long sourceSequence() {
        return sourceSequence;
    }

    /** The sequence number without the wrap. */
    public long extendedSequence() {
        return extendedSequence;
    }

    /** 0 to 65535. */
    public int sequence() {
        return (int) extendedSequence & 0xFFFF;
    }

    /** 32 bits. */
    public long timestamp() {
        return timestamp;
    }

    public boolean marker() {
        return marker;
    }

    /** 15 bits, or {@link #ABSENT}. */
    public int pictureId() {
        return pictureId;
    }

    /** 8 bits, or {@link #ABSENT}. */
    public int tl0PictureIndex() {
        return tl0PictureIndex;
    }

    /** Of the dependency descriptor, 16 bits, or {@link #ABSENT}. */
    public int frameNumber() {
        return frameNumber;
    }

    /** Whether the descriptor says which decode targets are active. */
    public boolean tellsTargets() {
        return tellsTargets;
    }

    /** Bit i for decode target i. */
    public int activeDecodeTargets() {
        return activeDecodeTargets;
    }

    /** Whether the descriptor has the template structure. */
    public boolean attachesStructure() {
        return attachesStructure;
    }

    void clear() {
        marker = false;
        pictureId = ABSENT;
        tl0PictureIndex = ABSENT;
        frameNumber = ABSENT;
        tellsTargets = false;
        activeDecodeTargets = 0;
        attachesStructure = false;
    }
}
