package dev.sluice.server.router;

import dev.sluice.media.rtcp.SenderReport;
import dev.sluice.media.rtcp.SourceDescription;
import dev.sluice.media.time.Deadline;
import dev.sluice.server.session.MediaSource;
import dev.sluice.server.session.PeerSession;
import dev.sluice.server.session.SessionSink;

import java.util.List;

/** Tells a viewer each second which timestamp of his stream is what time at the publisher. */
final class TrackReports {

    private static final long INTERVAL_NANOS = 1_000_000_000L;

    private final PeerSession session;
    private final String cname;
    private final LayerSwitch layers;
    private final ViewerStream stream;
    private long nextNanos = Deadline.NEVER;
    private boolean hasReported;

    /** Whether the next report may not wait for the time at which periodic work is done. */
    private boolean isUrgent;

    TrackReports(PeerSession session, String cname, LayerSwitch layers, ViewerStream stream) {
        this.session = session;
        this.cname = cname;
        this.layers = layers;
        this.stream = stream;
    }

    /** The viewer is on another stream, whose clock he has to know. */
    void start(long nowNanos) {
        nextNanos = nowNanos;
        isUrgent = true;
    }

    /** There is nothing to report of until the viewer is on a stream again. */
    void stop() {
        nextNanos = Deadline.NEVER;
        hasReported = false;
    }

    /** The publisher told his clock: the viewer's first report need not wait any longer. */
    void onSenderReport(MediaSource of, long nowNanos) {
        if (of.equals(layers.source()) && !hasReported) {
            nextNanos = nowNanos;
            isUrgent = true;
        }
    }

    void onDeadline(long nowNanos, SessionSink out) {
        if (Deadline.isDue(nextNanos, nowNanos)) {
            nextNanos = TimeSlot.next(nowNanos, INTERVAL_NANOS);
            isUrgent = false;
            report(nowNanos, out);
        }
    }

    /** Nothing is said before the publisher has told his clock. */
    private void report(long nowNanos, SessionSink out) {
        MediaSource source = layers.source();
        if (source == null) {
            return;
        }
        SenderReport told = source.lastSenderReport();
        if (told != null) {
            hasReported = true;
            SenderReport report =
                    stream.sent()
                            .senderReport(
                                    told,
                                    source.lastSenderReportNanos(),
                                    stream.numbering().timestampOffset(),
                                    nowNanos);
            session.sendRtcp(
                    List.of(report, SourceDescription.ofCname(stream.sent().ssrc(), cname)), out);
        }
    }

    /** When a report is due that may not wait. */
    long nextDeadlineNanos() {
        return isUrgent ? nextNanos : Deadline.NEVER;
    }

    /** When a report is due, urgent or not. */
    long nextPeriodicNanos() {
        return nextNanos;
    }
}
