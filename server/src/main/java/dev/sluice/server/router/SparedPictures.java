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
        isSparing = isSparing ? isLate || !isBeginning(packet) : isLate && beginsPicture(packet);
        hasPicture = true;
        timestamp = packet.packet().timestamp();
        if (isSparing) {
            lastSpared = Math.max(lastSpared, packet.extendedSequence());
        }
        return isSparing;
    }

    private boolean beginsPicture(MediaPacket packet) {
        return !hasPicture || packet.packet().timestamp() != timestamp;
    }

    /** The start of a key frame, of which nothing has been left out. */
    private boolean isBeginning(MediaPacket packet) {
        return packet.startsKeyFrame() && packet.extendedSequence() > lastSpared;
    }
}
