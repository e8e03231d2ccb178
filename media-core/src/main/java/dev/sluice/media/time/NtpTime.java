package dev.sluice.media.time;

/**
 * NTP timestamps as RTCP carries them: 32 bits of seconds since 1900 and 32 bits of their fraction
 * in one {@code long} (RFC 3550 section 4), and the compact form of the middle 32 bits (section
 * 6.4.1).
 */
public final class NtpTime {

    /** From 1900-01-01 to 1970-01-01. */
    private static final long UNIX_EPOCH_SECONDS = 2_208_988_800L;

    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final long ERA_SECONDS = 1L << 32;

    private NtpTime() {}

    /** The NTP timestamp of a wall-clock time; from 2036-02-07 on it is one of the next NTP era. */
    public static long fromUnixNanos(long unixNanos) {
        long seconds = Math.floorDiv(unixNanos, NANOS_PER_SECOND) + UNIX_EPOCH_SECONDS;
        long fraction = (Math.floorMod(unixNanos, NANOS_PER_SECOND) << 32) / NANOS_PER_SECOND;
        return (seconds << 32) | fraction;
    }

    /**
     * The wall-clock time, to within a nanosecond. A timestamp with a clear top bit counts as one
     * of the era that starts in 2036, so that times from 1968 to 2104 are told apart (RFC 4330
     * section 3).
     */
    public static long toUnixNanos(long ntp) {
        long seconds = ntp >>> 32;
        long inEra = ntp < 0 ? seconds : seconds + ERA_SECONDS;
        return (inEra - UNIX_EPOCH_SECONDS) * NANOS_PER_SECOND + fractionNanos(ntp);
    }

    /**
     * The middle 32 bits: seconds modulo 65536 and their fraction in units of 1/65536 s, as an
     * unsigned value.
     */
    public static long compact(long ntp) {
        return (ntp >>> 16) & 0xFFFF_FFFFL;
    }

    /** A compact time span (units of 1/65536 s, unsigned 32 bits) in nanoseconds. */
    public static long compactToNanos(long compact) {
        return ((compact & 0xFFFF_FFFFL) * NANOS_PER_SECOND) >>> 16;
    }

    /** A time span in units of 1/65536 s, held to 0 and the 18.2 hours that fit. */
    public static long nanosToCompact(long nanos) {
        if (nanos <= 0) {
            return 0;
        }
        long seconds = nanos / NANOS_PER_SECOND;
        long fraction = ((nanos % NANOS_PER_SECOND) << 16) / NANOS_PER_SECOND;
        return Math.min((seconds << 16) + fraction, 0xFFFF_FFFFL);
    }

    /** Rounded to the nearest, so that a time survives the way there and back. */
    private static long fractionNanos(long ntp) {
        return ((ntp & 0xFFFF_FFFFL) * NANOS_PER_SECOND + (1L << 31)) >>> 32;
    }
}
