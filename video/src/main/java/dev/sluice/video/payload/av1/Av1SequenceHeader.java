package dev.sluice.video.payload.av1;

import dev.sluice.media.bits.BitReader;

import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/**
 * The start of a sequence header OBU as far as the size of the picture, AV1 specification section
 * 5.5.1.
 *
 * @param profile the profile (seq_profile), 0 to 7, of which 0 to 2 are defined
 * @param stillPicture whether the sequence has one frame only
 * @param reducedStillPictureHeader whether the headers leave out what a still picture does without
 * @param operatingPoints what may be decoded, the best first; 1 to 32
 * @param maxWidth the most pixels that a frame is wide, 1 to 65,536
 * @param maxHeight the most pixels that a frame is high, 1 to 65,536
 */
public record Av1SequenceHeader(
        int profile,
        boolean stillPicture,
        boolean reducedStillPictureHeader,
        List<OperatingPoint> operatingPoints,
        int maxWidth,
        int maxHeight) {

    /** From this level on there is a tier. */
    private static final int FIRST_LEVEL_WITH_TIER = 8;

    private static final int MAX_UVLC_ZEROS = 32;

    /**
     * A choice of layers that can be decoded.
     *
     * @param layers the temporal layers (bits 0 to 7) and spatial layers (bits 8 to 11) that belong
     *     to it (operating_point_idc); 0 where there are no layers
     * @param level the level (seq_level_idx), 0 to 31
     * @param highTier whether it needs the high tier (seq_tier)
     */
    public record OperatingPoint(int layers, int level, boolean highTier) {}

    public Av1SequenceHeader {
        operatingPoints = List.copyOf(operatingPoints);
    }

    /**
     * Reads the payload of a sequence header OBU, after the OBU header, at the absolute {@code
     * index}.
     *
     * @return null if it ends before the size of the picture
     */
    public static @Nullable Av1SequenceHeader read(ByteBuf obu, int index, int lengthBytes) {
        BitReader bits = new BitReader();
        bits.wrap(obu, index, lengthBytes);
        int profile = bits.bits(3);
        boolean still = bits.flag();
        boolean reduced = bits.flag();
        List<OperatingPoint> points =
                reduced
                        ? List.of(new OperatingPoint(0, bits.bits(5), false))
                        : operatingPoints(bits);
        int widthBits = bits.bits(4) + 1;
        int heightBits = bits.bits(4) + 1;
        int width = bits.bits(widthBits) + 1;
        int height = bits.bits(heightBits) + 1;
        return bits.overrun()
                ? null
                : new Av1SequenceHeader(profile, still, reduced, points, width, height);
    }

    private static List<OperatingPoint> operatingPoints(BitReader bits) {
        boolean timingInfo = bits.flag();
        if (timingInfo) {
            skipTimingInfo(bits);
        }
        boolean decoderModel = timingInfo && bits.flag();
        int delayBits = decoderModel ? readDecoderModel(bits) : 0;
        boolean displayDelay = bits.flag();
        int count = bits.bits(5) + 1;
        List<OperatingPoint> points = new ArrayList<>(count);
        for (int i = 0; i < count && !bits.overrun(); i++) {
            points.add(operatingPoint(bits));
            if (decoderModel && bits.flag()) {
                // decoder_buffer_delay, encoder_buffer_delay, low_delay_mode_flag
                bits.skip(2 * delayBits + 1);
            }
            if (displayDelay && bits.flag()) {
                bits.skip(4);
            }
        }
        return points;
    }

    private static OperatingPoint operatingPoint(BitReader bits) {
        int layers = bits.bits(12);
        int level = bits.bits(5);
        boolean highTier = level >= FIRST_LEVEL_WITH_TIER && bits.flag();
        return new OperatingPoint(layers, level, highTier);
    }

    /** Section 5.5.3: two clock numbers, and how many ticks a picture lasts. */
    private static void skipTimingInfo(BitReader bits) {
        bits.skip(2 * Integer.SIZE);
        boolean equalPictureInterval = bits.flag();
        if (equalPictureInterval) {
            skipVariableLengthCode(bits);
        }
    }

    /** Section 5.5.4; returns the bits of a buffer delay. */
    private static int readDecoderModel(BitReader bits) {
        int delayBits = bits.bits(5) + 1;
        bits.skip(Integer.SIZE + 5 + 5);
        return delayBits;
    }

    /** Section 4.10.3, uvlc(): as many bits after the first 1 as zeros before it. */
    private static void skipVariableLengthCode(BitReader bits) {
        int zeros = 0;
        while (!bits.overrun() && !bits.flag()) {
            zeros++;
        }
        bits.skip(zeros < MAX_UVLC_ZEROS ? zeros : 0);
    }
}
