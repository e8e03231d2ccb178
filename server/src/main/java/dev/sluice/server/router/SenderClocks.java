package dev.sluice.server.router;

import dev.sluice.media.rtcp.SenderReport;
import dev.sluice.server.session.MediaSource;
import dev.sluice.video.rewrite.TimestampMapping;

import org.jspecify.annotations.Nullable;

/** Compares the RTP clocks of two streams of a publisher by what his sender reports say of both. */
final class SenderClocks {

    /** NTP timestamps count 2^-32 s (RFC 3550 section 4). */
    private static final double SECONDS_PER_NTP_UNIT = 0x1p-32;

    private SenderClocks() {}

    /**
     * What a timestamp of one stream would be in another, 32 bits, or {@link
     * TimestampMapping#NO_COMMON_CLOCK} before both have been reported.
     */
    static long inOther(
            long timestamp, MediaSource stream, @Nullable MediaSource other, int clockRateHz) {
        SenderReport told = stream.lastSenderReport();
        SenderReport toldOfOther = other == null ? null : other.lastSenderReport();
        if (told == null || toldOfOther == null) {
            return TimestampMapping.NO_COMMON_CLOCK;
        }
        double apart = (toldOfOther.ntpTime() - told.ntpTime()) * SECONDS_PER_NTP_UNIT;
        long ticks = timestamp - told.rtpTimestamp() - Math.round(apart * clockRateHz);
        return toldOfOther.rtpTimestamp() + ticks & 0xFFFF_FFFFL;
    }
}
