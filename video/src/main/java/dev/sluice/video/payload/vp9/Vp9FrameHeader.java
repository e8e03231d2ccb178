package dev.sluice.video.payload.vp9;

/**
 * The first bits of a VP9 frame, "VP9 Bitstream and Decoding Process Specification" section 6.2.
 *
 * <pre>
 *  0 1 2 3 4 5 6 7
 * +-+-+-+-+-+-+-+-+
 * |1 0|p|P|s|t|...|   p, P: profile bits; s: show_existing_frame; t: frame_type, 0 in a key frame
 * +-+-+-+-+-+-+-+-+   (a reserved bit comes before s in profile 3)
 * </pre>
 *
 * Some senders leave the P bit of the payload descriptor at 0 in every packet; this header still
 * tells their frames apart.
 */
public final class Vp9FrameHeader {

    private static final int FRAME_MARKER_MASK = 0xc0;
    private static final int FRAME_MARKER = 0x80;
    private static final int PROFILE_3 = 0x30;

    private Vp9FrameHeader() {}

    /**
     * Whether the first byte of a frame says that it is not a key frame. False also where the byte
     * is not the start of a VP9 frame header, as in a payload that is encrypted end to end.
     */
    public static boolean saysNotKeyFrame(int firstByte) {
        if ((firstByte & FRAME_MARKER_MASK) != FRAME_MARKER) {
            return false;
        }
        int afterProfile = (firstByte & PROFILE_3) == PROFILE_3 ? firstByte << 1 : firstByte;
        boolean showExistingFrame = (afterProfile & 0x08) != 0;
        boolean interFrame = (afterProfile & 0x04) != 0;
        return showExistingFrame || interFrame;
    }
}
