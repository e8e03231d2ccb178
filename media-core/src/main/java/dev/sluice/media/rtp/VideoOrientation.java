package dev.sluice.media.rtp;

/**
 * How the receiver is to turn the picture, 3GPP TS 26.114 section 7.4.5.
 *
 * <pre>
 *    0 1 2 3 4 5 6 7
 *   +-+-+-+-+-+-+-+-+
 *   |0 0 0 0 C F R R|
 *   +-+-+-+-+-+-+-+-+
 * </pre>
 */
public final class VideoOrientation {

    public static final int SIZE_BYTES = 1;

    private static final int BACK_CAMERA_BIT = 0x08;
    private static final int FLIP_BIT = 0x04;
    private static final int ROTATION_MASK = 0x03;

    private VideoOrientation() {}

    /** The byte as sent, 0 to 255, for the other methods; -1 when the packet has none. */
    public static int read(RtpPacket packet, int id) {
        return ExtensionElement.unsigned(packet, id, SIZE_BYTES);
    }

    /** By how many degrees to turn the picture clockwise for display: 0, 90, 180 or 270. */
    public static int rotationDegrees(int value) {
        return (value & ROTATION_MASK) * 90;
    }

    /** Whether to mirror the picture horizontally. */
    public static boolean isFlipped(int value) {
        return (value & FLIP_BIT) != 0;
    }

    /** Whether the camera faces away from the user. */
    public static boolean isBackCamera(int value) {
        return (value & BACK_CAMERA_BIT) != 0;
    }

    /**
     * The byte to send.
     *
     * @param rotationDegrees 0, 90, 180 or 270
     */
    public static int of(int rotationDegrees, boolean flipped, boolean backCamera) {
        if (rotationDegrees % 90 != 0 || rotationDegrees < 0 || rotationDegrees > 270) {
            throw new IllegalArgumentException(
                    "Rotation by " + rotationDegrees + " degrees, not 0, 90, 180 or 270");
        }
        return rotationDegrees / 90 | (flipped ? FLIP_BIT : 0) | (backCamera ? BACK_CAMERA_BIT : 0);
    }

    /** Sets or adds the element; false where the header cannot take it. */
    public static boolean put(RtpPacket packet, int id, int value) {
        return ExtensionEditor.put(packet, id, SIZE_BYTES, value);
    }
}
