package dev.sluice.load.client;

import dev.sluice.media.bwe.ArrivalLog;
import dev.sluice.media.receive.NackRequester;
import dev.sluice.media.rtcp.Nack;
import dev.sluice.media.rtcp.PictureLossIndication;
import dev.sluice.media.rtcp.ReceiverReport;
import dev.sluice.media.rtcp.WritableRtcp;
import dev.sluice.media.time.Deadline;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * What a viewer tells the server by RTCP: when packets came, how many did not, and what it asks for
 * again.
 */
final class ViewerFeedback implements NackRequester.Sink {

    private static final long REPORT_NANOS = 1_000_000_000L;
    private static final long ARRIVALS_NANOS = 100_000_000L;

    /** How long a key frame may be missing before it is asked for, and how often it is asked. */
    private static final long FIRST_REQUEST_NANOS = 500_000_000L;

    private static final long NEXT_REQUEST_NANOS = 1_000_000_000L;

    private final long ownSsrc;
    private final WatchedStreams streams;
    private final Consumer<List<? extends WritableRtcp>> out;
    private final ArrivalLog arrivals;
    private long nextReportNanos = Deadline.NEVER;
    private long nextRequestNanos = Deadline.NEVER;

    /**
     * @param ownSsrc the viewer's
     * @param streams what it reports on
     * @param out sends packets together
     */
    ViewerFeedback(
            long ownSsrc, WatchedStreams streams, Consumer<List<? extends WritableRtcp>> out) {
        this.ownSsrc = ownSsrc;
        this.streams = streams;
        this.out = out;
        this.arrivals = new ArrivalLog(ownSsrc, ARRIVALS_NANOS);
    }

    /**
     * @param seesKeyFrames whether the viewer decrypts; who does not cannot see whether a key frame
     *     has come, and asks for none
     */
    void onConnected(boolean seesKeyFrames, long nowNanos) {
        nextReportNanos = nowNanos + REPORT_NANOS;
        nextRequestNanos = seesKeyFrames ? nowNanos + FIRST_REQUEST_NANOS : Deadline.NEVER;
    }

    /** A packet with a transport-wide sequence number has come. */
    void onArrival(int transportSequence, long ssrc, long nowNanos) {
        arrivals.onPacket(transportSequence, ssrc, nowNanos);
    }

    /** The first key frame is complete. */
    void onKeyFrame() {
        nextRequestNanos = Deadline.NEVER;
    }

    long nextDeadlineNanos() {
        long next = Math.min(nextReportNanos, nextRequestNanos);
        next = Math.min(next, arrivals.nextDeadlineNanos());
        return Math.min(next, streams.nextDeadlineNanos());
    }

    void onDeadline(long nowNanos) {
        arrivals.onDeadline(nowNanos, feedback -> out.accept(List.of(feedback)));
        streams.onDeadline(nowNanos, this);
        if (Deadline.isDue(nextRequestNanos, nowNanos)) {
            nextRequestNanos = nowNanos + NEXT_REQUEST_NANOS;
            streams.videos().forEach(stream -> onKeyFrameNeeded(stream.ssrc()));
        }
        if (Deadline.isDue(nextReportNanos, nowNanos)) {
            nextReportNanos = nowNanos + REPORT_NANOS;
            out.accept(List.of(new ReceiverReport(ownSsrc, streams.reportBlocks(nowNanos))));
        }
    }

    @Override
    public void onPacketsLost(long mediaSsrc, int firstSequenceNumber, int count) {
        List<Integer> lost = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            lost.add((firstSequenceNumber + i) & 0xFFFF);
        }
        out.accept(List.of(new Nack(ownSsrc, mediaSsrc, lost)));
    }

    @Override
    public void onKeyFrameNeeded(long mediaSsrc) {
        out.accept(List.of(new PictureLossIndication(ownSsrc, mediaSsrc)));
    }
}
