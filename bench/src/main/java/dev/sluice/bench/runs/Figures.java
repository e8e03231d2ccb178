package dev.sluice.bench.runs;

import dev.sluice.bench.run.MetricsText;
import dev.sluice.bench.run.SendRuns;

/**
 * What a viewer was sent in the measured span.
 *
 * @param runs how the packets left
 * @param seconds the span
 * @param mediaBytes RTP with headers, padding left out
 * @param paddingBytes what equalising added
 * @param pattern how the publisher's frames came in that time
 */
record Figures(
        SendRuns runs,
        double seconds,
        double mediaBytes,
        double paddingBytes,
        FramePattern pattern) {

    /** The differences of two readings of the server's metrics. */
    static Figures between(
            MetricsText before, MetricsText after, double seconds, FramePattern pattern) {
        double padding =
                after.sum("sluice_rtp_equalizing_bytes_total")
                        - before.sum("sluice_rtp_equalizing_bytes_total");
        double out =
                after.sum("sluice_rtp_bytes_total", "direction=\"out\"")
                        - before.sum("sluice_rtp_bytes_total", "direction=\"out\"");
        return new Figures(
                SendRuns.between(before, after), seconds, out - padding, padding, pattern);
    }

    double packetsPerSecond() {
        return runs.packets() / seconds;
    }

    /** With RTP headers. */
    double kbps() {
        return mediaBytes * 8 / 1000 / seconds;
    }

    /** Padding in percent of the media. */
    double paddingPercent() {
        return mediaBytes == 0 ? Double.NaN : paddingBytes * 100 / mediaBytes;
    }
}
