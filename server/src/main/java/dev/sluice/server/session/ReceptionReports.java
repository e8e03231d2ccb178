package dev.sluice.server.session;

import dev.sluice.media.receive.NackRequester;
import dev.sluice.media.rtcp.ExtendedReport;
import dev.sluice.media.rtcp.Nack;
import dev.sluice.media.rtcp.ReceiverReport;
import dev.sluice.media.rtcp.ReportBlock;
import dev.sluice.media.rtcp.SourceDescription;
import dev.sluice.media.rtcp.WritableRtcp;
import dev.sluice.media.time.Deadline;

import java.util.ArrayList;
import java.util.List;

/** What we tell a peer about the streams that it sends: reports, missing packets, arrival times. */
final class ReceptionReports {

    /** Between two receiver reports; browsers expect about one a second. */
    private static final long REPORT_INTERVAL_NANOS = 1_000_000_000L;

    private final PeerSession session;
    private final SessionSetup setup;
    private final IngressPath ingress;
    private final ExtendedReports extended;
    private long nextReportNanos = Deadline.NEVER;

    ReceptionReports(
            PeerSession session,
            SessionSetup setup,
            IngressPath ingress,
            ExtendedReports extended) {
        this.session = session;
        this.setup = setup;
        this.ingress = ingress;
        this.extended = extended;
    }

    void onConnected(long nowNanos) {
        nextReportNanos = nowNanos + REPORT_INTERVAL_NANOS;
    }

    void onDeadline(long nowNanos, SessionSink out) {
        if (Deadline.isDue(nextReportNanos, nowNanos)) {
            nextReportNanos = nowNanos + REPORT_INTERVAL_NANOS;
            report(nowNanos, out);
        }
        ingress.arrivals().onDeadline(nowNanos, feedback -> send(List.of(feedback), out));
        for (IncomingStream stream : ingress.streams().streams()) {
            if (Deadline.isDue(stream.receive().nextDeadlineNanos(), nowNanos)) {
                Nacks nacks = new Nacks(stream, nowNanos, out);
                stream.receive().onDeadline(nowNanos, nacks);
                nacks.flush();
            }
        }
    }

    long nextDeadlineNanos() {
        var streams = ingress.streams().streams();
        boolean hasReport = !streams.isEmpty() || extended.hasAnswer();
        long next = ingress.arrivals().nextDeadlineNanos();
        next = hasReport ? Math.min(next, nextReportNanos) : next;
        for (int i = 0; i < streams.size(); i++) {
            next = Math.min(next, streams.get(i).receive().nextDeadlineNanos());
        }
        return next;
    }

    private void report(long nowNanos, SessionSink out) {
        List<ReportBlock> blocks = new ArrayList<>();
        for (IncomingStream stream : ingress.streams().streams()) {
            blocks.add(stream.receive().reportBlock(nowNanos));
            ingress.lifecycle().onReport(stream, nowNanos);
            setup.counters().rtpPacketsLost.add(stream.takeNewlyLost());
        }
        List<WritableRtcp> packets = new ArrayList<>();
        if (!blocks.isEmpty()) {
            packets.addAll(ReceiverReport.of(setup.reportSsrc(), blocks));
            packets.add(SourceDescription.ofCname(setup.reportSsrc(), setup.cname()));
        }
        ExtendedReport roundTrips = extended.next(nowNanos);
        if (roundTrips != null) {
            packets.add(roundTrips);
        }
        if (!packets.isEmpty()) {
            send(packets, out);
        }
    }

    private void send(List<WritableRtcp> packets, SessionSink out) {
        session.sendRtcp(packets, out);
    }

    /** Turns runs of lost numbers into NACKs. */
    private final class Nacks implements NackRequester.Sink {

        private final IncomingStream stream;
        private final List<Integer> lost = new ArrayList<>();
        private final long nowNanos;
        private final SessionSink out;

        Nacks(IncomingStream stream, long nowNanos, SessionSink out) {
            this.stream = stream;
            this.nowNanos = nowNanos;
            this.out = out;
        }

        @Override
        public void onPacketsLost(long mediaSsrc, int firstSequenceNumber, int count) {
            for (int i = 0; i < count; i++) {
                lost.add((firstSequenceNumber + i) & 0xFFFF);
            }
        }

        /** Sends one NACK for all runs. */
        void flush() {
            if (!lost.isEmpty()) {
                setup.counters().nacksOut.increment();
                send(List.of(new Nack(setup.reportSsrc(), stream.ssrc(), lost)), out);
            }
        }

        @Override
        public void onKeyFrameNeeded(long mediaSsrc) {
            out.onRepairGivenUp(session, stream, nowNanos);
        }
    }
}
