package dev.sluice.media.rtp;

/** How the elements of a header extension block are laid out, RFC 8285 section 4. */
enum ExtensionForm {
    /** Ids 1 to 14, data of 1 to 16 bytes. */
    ONE_BYTE,
    /** Ids 1 to 255, data of 0 to 255 bytes. */
    TWO_BYTE,
    /** A block of another profile, or none: it has no elements to look for. */
    OTHER;

    static final int ONE_BYTE_PROFILE = 0xBEDE;
    static final int TWO_BYTE_PROFILE = 0x1000;

    /** The lowest four bits of the two-byte profile are free for the application ("appbits"). */
    private static final int TWO_BYTE_PROFILE_MASK = 0xFFF0;

    static ExtensionForm ofProfile(int profile) {
        if (profile == ONE_BYTE_PROFILE) {
            return ONE_BYTE;
        }
        return (profile & TWO_BYTE_PROFILE_MASK) == TWO_BYTE_PROFILE ? TWO_BYTE : OTHER;
    }
}
