package dev.sluice.media.rtcp;

/**
 * Bit rates as mantissa * 2^exponent, with an exponent of 6 bits in front of the mantissa, as TMMBR
 * (RFC 5104 section 4.2.1.1, 17 bits of mantissa) and REMB (18 bits) have them.
 */
final class BitrateCode {

    /** What {@link #decode} gives for a rate that does not fit 63 bits. */
    static final long OVERFLOW = -1;

    private BitrateCode() {}

    /** The code of a rate that is not negative, rounded down to what the mantissa holds. */
    static int encode(long bitrateBps, int mantissaBits) {
        int exponent =
                Math.max(0, Long.SIZE - Long.numberOfLeadingZeros(bitrateBps) - mantissaBits);
        return (exponent << mantissaBits) | (int) (bitrateBps >>> exponent);
    }

    static long decode(int code, int mantissaBits) {
        int exponent = code >>> mantissaBits;
        long mantissa = code & ((1 << mantissaBits) - 1);
        long bitrateBps = mantissa << exponent;
        return bitrateBps < 0 || bitrateBps >>> exponent != mantissa ? OVERFLOW : bitrateBps;
    }
}
