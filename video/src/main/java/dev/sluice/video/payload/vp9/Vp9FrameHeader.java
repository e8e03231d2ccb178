package dev.sluice.video.payload.vp9;

import dev.sluice.media.bits.BitReader;

import io.netty.buffer.ByteBuf;

/**
 * The start of a VP9 frame as far as the size of the picture, "VP9 Bitstream and Decoding Process
 * Specification" section 6.2.
 *
 * <pre>
 *  0 1 2 3 4 5 6 7
 * +-+-+-+-+-+-+-+-+
 * |1 0|p|P|s|t|S|e|   p, P: profile bits, the low one first; s: show_existing_frame;
 * +-+-+-+-+-+-+-+-+   t: frame_type, 0 in a key frame; S: show_frame; e: error_resilient_mode
 *                     (a reserved bit comes before s in profile 3)
 *
 * key frame:   49 83 42, color_config, width - 1 (16 bits), height - 1 (16 bits)
 * otherwise:   intra_only (unless S), reset_frame_context (2 bits, unless e), then
 * intra_only:  49 83 42, color_config (profiles 1 to 3), refresh_frame_flags (8 bits), the size
 * inter frame: refresh_frame_flags (8 bits)
 * </pre>
 *
 * A flyweight that keeps the numbers, not the buffer. All accessors need a successful {@link
 * #wrap}.
 */
public final class Vp9FrameHeader {

    private static final int FRAME_MARKER_MASK = 0xc0;
    private static final int FRAME_MARKER = 0x80;
    private static final int PROFILE_3 = 0x30;

    private static final int FRAME_MARKER_BITS = 2;
    private static final int SYNC_CODE = 0x498342;
    private static final int COLOR_SPACE_RGB = 7;
    private static final int ALL_SLOTS = 0xff;

    private final BitReader bits = new BitReader();
    private int profile;
    private boolean showExistingFrame;
    private int frameToShow;
    private boolean keyFrame;
    private boolean shown;
    private boolean errorResilient;
    private boolean intraOnly;
    private int refreshFrameFlags;
    private int width;
    private int height;

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

    /**
     * Reads the header of a frame whose first {@code lengthBytes} bytes are at the absolute {@code
     * index}.
     *
     * @return false if the bytes are no VP9 frame, or end before what is read of it
     */
    public boolean wrap(ByteBuf frame, int index, int lengthBytes) {
        bits.wrap(frame, index, lengthBytes);
        clear();
        return bits.bits(FRAME_MARKER_BITS) == FRAME_MARKER >> 6 && readFrame() && !bits.overrun();
    }

    /** The profile, 0 to 3. */
    public int profile() {
        return profile;
    }

    /**
     * Whether the frame only shows one that was decoded before; nothing but {@link #frameToShow}
     * follows.
     */
    public boolean showExistingFrame() {
        return showExistingFrame;
    }

    /** The slot, 0 to 7, of the frame that is shown again. */
    public int frameToShow() {
        return frameToShow;
    }

    /** Whether the frame needs no other one. */
    public boolean keyFrame() {
        return keyFrame;
    }

    /** Whether the frame is predicted from no other one, although it is no key frame. */
    public boolean intraOnly() {
        return intraOnly;
    }

    /** Whether the frame is meant to be shown. */
    public boolean shown() {
        return shown;
    }

    /** Whether the frame does without the contexts of those before it. */
    public boolean errorResilient() {
        return errorResilient;
    }

    /** The slots that the frame is kept in, a bit each, slot 0 lowest; all in a key frame. */
    public int refreshFrameFlags() {
        return refreshFrameFlags;
    }

    /** The width in pixels, 1 to 65,536; 0 in an inter frame, which does not tell it here. */
    public int width() {
        return width;
    }

    /** The height in pixels, as {@link #width}. */
    public int height() {
        return height;
    }

    private void clear() {
        frameToShow = 0;
        keyFrame = false;
        shown = true;
        errorResilient = false;
        intraOnly = false;
        refreshFrameFlags = 0;
        width = 0;
        height = 0;
    }

    private boolean readFrame() {
        profile = bits.bit() | bits.bit() << 1;
        if (profile == 3) {
            bits.skip(1);
        }
        showExistingFrame = bits.flag();
        if (showExistingFrame) {
            frameToShow = bits.bits(3);
            return true;
        }
        keyFrame = !bits.flag();
        shown = bits.flag();
        errorResilient = bits.flag();
        return keyFrame ? readKeyFrame() : readOther();
    }

    private boolean readKeyFrame() {
        boolean synced = readSyncCode();
        skipColorConfig();
        refreshFrameFlags = ALL_SLOTS;
        readSize();
        return synced;
    }

    private boolean readOther() {
        intraOnly = !shown && bits.flag();
        bits.skip(errorResilient ? 0 : 2);
        boolean synced = !intraOnly || readSyncCode();
        if (intraOnly && profile > 0) {
            skipColorConfig();
        }
        refreshFrameFlags = bits.bits(8);
        if (intraOnly) {
            readSize();
        }
        return synced;
    }

    private boolean readSyncCode() {
        return bits.bits(24) == SYNC_CODE;
    }

    /** Section 6.2.2: bit depth, color space and range, subsampling. */
    private void skipColorConfig() {
        bits.skip(profile >= 2 ? 1 : 0);
        boolean rgb = bits.bits(3) == COLOR_SPACE_RGB;
        boolean subsamplingTold = profile == 1 || profile == 3;
        if (rgb) {
            bits.skip(subsamplingTold ? 1 : 0);
        } else {
            bits.skip(subsamplingTold ? 4 : 1);
        }
    }

    private void readSize() {
        width = bits.bits(16) + 1;
        height = bits.bits(16) + 1;
    }
}
