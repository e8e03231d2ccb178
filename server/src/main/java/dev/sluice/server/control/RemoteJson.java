package dev.sluice.server.control;

import dev.sluice.media.rtcp.ReportBlock;
import dev.sluice.media.rtcp.SenderReport;
import dev.sluice.media.time.NtpTime;
import dev.sluice.server.router.OutboundRtpStats;
import dev.sluice.server.session.RoundTrip;

/** What the peer's reports say, as it is called in remote-inbound-rtp and remote-outbound-rtp. */
final class RemoteJson {

    private static final double NANOS_PER_MILLI = 1e6;

    private RemoteJson() {}

    static void outbound(Fields fields, SenderReport report, RoundTrip roundTrip) {
        fields.put("packetsSent", report.packetCount())
                .put("bytesSent", report.octetCount())
                .put("remoteTimestamp", NtpTime.toUnixNanos(report.ntpTime()) / NANOS_PER_MILLI);
        roundTrip(fields, roundTrip);
    }

    static void inbound(Fields fields, OutboundRtpStats stream) {
        ReportBlock report = stream.report();
        if (report == null) {
            return;
        }
        int clockRateHz = stream.codec() == null ? 0 : stream.codec().clockRateHz();
        fields.put("packetsLost", report.cumulativeLost())
                .put("fractionLost", report.fractionLost() / 256.0)
                .put(
                        "jitter",
                        clockRateHz == 0 ? null : (double) report.jitterTicks() / clockRateHz);
        roundTrip(fields, stream.roundTrip());
    }

    private static void roundTrip(Fields fields, RoundTrip roundTrip) {
        fields.seconds("roundTripTime", roundTrip.rttNanos());
        if (roundTrip.measurements() > 0) {
            fields.seconds("totalRoundTripTime", roundTrip.sumNanos())
                    .put("roundTripTimeMeasurements", roundTrip.measurements());
        }
    }
}
