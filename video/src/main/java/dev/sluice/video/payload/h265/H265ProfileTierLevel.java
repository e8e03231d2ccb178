package dev.sluice.video.payload.h265;

import dev.sluice.video.payload.nal.RbspReader;

/**
 * What a decoder has to be capable of, H.265 section 7.3.3: the general part; those of single
 * temporal layers are stepped over.
 */
public final class H265ProfileTierLevel {

    private static final int COMPATIBILITY_BITS = 32;

    /** Source and constraint flags; {@code interop-constraints} in SDP. */
    private static final int CONSTRAINT_BITS = 48;

    private static final int LEVEL_BITS = 8;
    private static final int PROFILE_BITS = 8 + COMPATIBILITY_BITS + CONSTRAINT_BITS;

    /** Flags of so many temporal layers are there if those of any are. */
    private static final int ALIGNED_SUB_LAYERS = 8;

    private int profileSpace;
    private boolean highTier;
    private int profileIdc;
    private long compatibility;
    private long constraints;
    private int levelIdc;

    H265ProfileTierLevel() {}

    void read(RbspReader reader, int subLayersMinus1) {
        profileSpace = reader.bits(2);
        highTier = reader.flag();
        profileIdc = reader.bits(5);
        compatibility = reader.unsigned32();
        constraints = (long) reader.bits(16) << 32 | reader.unsigned32();
        levelIdc = reader.bits(LEVEL_BITS);
        skipSubLayers(reader, subLayersMinus1);
    }

    /** general_profile_space, 0 in all that is specified. */
    public int profileSpace() {
        return profileSpace;
    }

    /** Whether the stream is of the High tier rather than of Main (general_tier_flag). */
    public boolean highTier() {
        return highTier;
    }

    /** general_profile_idc, 0 to 31, as 1 for Main and 2 for Main 10. */
    public int profileIdc() {
        return profileIdc;
    }

    /** general_profile_compatibility_flags, that of profile 0 in the highest bit of 32. */
    public long compatibility() {
        return compatibility;
    }

    /** The 48 bits after them, from general_progressive_source_flag on. */
    public long constraints() {
        return constraints;
    }

    /** Thirty times the level (general_level_idc), as 93 for level 3.1. */
    public int levelIdc() {
        return levelIdc;
    }

    private static void skipSubLayers(RbspReader reader, int subLayersMinus1) {
        if (subLayersMinus1 == 0) {
            return;
        }
        int present = reader.bits(2 * ALIGNED_SUB_LAYERS);
        for (int layer = 0; layer < subLayersMinus1; layer++) {
            int flags = present >> (2 * (ALIGNED_SUB_LAYERS - 1 - layer));
            reader.skip((flags & 2) == 0 ? 0 : PROFILE_BITS);
            reader.skip((flags & 1) == 0 ? 0 : LEVEL_BITS);
        }
    }
}
