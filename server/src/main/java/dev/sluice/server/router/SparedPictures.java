package dev.sluice.server.router;

/**
 * Leaves packets of a stream out while there is no time for them: whole pictures, and those behind
 * them until a decoder can begin again. Audio goes on with the next packet.
 */
final class SparedPictures {

    private boolean isSparing;
    private boolean hasPicture;
    private long timestamp;
    private long lastSpared = -1;

    /** Whether the next packet of the stream is to be left out. */
    boolean spares(MediaPacket packet, boolean isLate) {
        return spares(
                packet.extendedSequence(),
                packet.packet().timestamp(),
                packet.startsKeyFrame(),
                isLate);
    }

    /**
     * Whether the next packet of the stream is to be left out.
     *
     * @param sequence its number without the wrap
     * @param ofTimestamp of its picture
     * @param startsKeyFrame whether a decoder can begin with it; always true for audio
     * @param isLate whether there is no time for it
     */
    boolean spares(long sequence, long ofTimestamp, boolean startsKeyFrame, boolean isLate) {
        boolean isBeginning = startsKeyFrame && sequence > lastSpared;
        isSparing = isSparing ? isLate || !isBeginning : isLate && beginsPicture(ofTimestamp);
        hasPicture = true;
        timestamp = ofTimestamp;
        if (isSparing) {
            lastSpared = Math.max(lastSpared, sequence);
        }
        return isSparing;
    }

    /**
     * A packet is left out, whatever it is: all behind it until a decoder can begin again are too.
     */
    void breakOff(MediaPacket packet) {
        breakOff(packet.extendedSequence(), packet.packet().timestamp());
    }

    /** Likewise, of a packet of this number and picture. */
    void breakOff(long sequence, long ofTimestamp) {
        isSparing = true;
        hasPicture = true;
        timestamp = ofTimestamp;
        lastSpared = Math.max(lastSpared, sequence);
    }

    private boolean beginsPicture(long ofTimestamp) {
        return !hasPicture || ofTimestamp != timestamp;
    }
}
