package dev.sluice.media.time;

/**
 * Turns monotonic time into wall-clock time. It reads no clock: the edge measures the offset once.
 *
 * @param unixNanosAtZero nanoseconds from 1970-01-01 to the zero of monotonic time, possibly
 *     negative
 */
public record WallClock(long unixNanosAtZero) {

    /** Nanoseconds since 1970-01-01 at a monotonic instant. */
    public long unixNanos(long nowNanos) {
        return unixNanosAtZero + nowNanos;
    }

    /** The 64-bit NTP timestamp of a monotonic instant. */
    public long ntp(long nowNanos) {
        return NtpTime.fromUnixNanos(unixNanos(nowNanos));
    }
}
