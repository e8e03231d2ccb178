package dev.sluice.server.router;

/**
 * Leaves packets of a stream out while there is no time for them: whole pictures, and those behind
 * them until a decoder can begin again. Audio goes on with the next packet.
 */
final class SparedPictures {

    private boolean isSparing;
    private boolean hasPicture;
    private long timestamp;

    /** Whether the next packet of the stream is to be left out. */
    boolean spares(MediaPacket packet, boolean isLate) {
        long before = timestamp;
        boolean beginsPicture = !hasPicture || packet.packet().timestamp() != before;
        hasPicture = true;
        timestamp = packet.packet().timestamp();
        isSparing = isSparing ? isLate || !packet.startsKeyFrame() : isLate && beginsPicture;
        return isSparing;
    }
}
