package dev.sluice.bench.rmcat;

import dev.sluice.media.bwe.ArrivalLog;
import dev.sluice.media.bwe.CongestionController;
import dev.sluice.media.bwe.EstimatorSettings;
import dev.sluice.media.bwe.Probe;
import dev.sluice.media.pacing.Pacer;
import dev.sluice.media.pacing.PacerSettings;
import dev.sluice.media.pacing.PacketPriority;
import dev.sluice.media.rtcp.TransportFeedback;
import dev.sluice.media.sim.FlowPath;
import dev.sluice.media.time.Deadline;

/**
 * A media flow through the code under test: a video source that follows the target of the
 * congestion controller, the pacer, and a receiver that sends transport feedback back.
 */
final class MediaFlow implements Actor, Pacer.Sink<Integer> {

    /** RTP with a header extension, SRTP's tag, UDP and IPv4. */
    private static final int OVERHEAD_BYTES = 12 + 8 + 16 + 8 + 20;

    private static final int MAX_PAYLOAD_BYTES = 1136;

    /** RTCP's overhead: SRTCP, UDP and IPv4. */
    private static final int FEEDBACK_OVERHEAD_BYTES = 4 + 16 + 8 + 20;

    /**
     * As browsers do above 220 kbit/s: they spend 5 % of the rate on feedback, but send it no more
     * often than this.
     */
    private static final long FEEDBACK_NANOS = 50_000_000;

    private static final long DEMAND_NANOS = 100_000_000;

    /** The receiver's clock against the sender's. */
    private static final long CLOCK_OFFSET_NANOS = 77_123_456_789L;

    private static final long SSRC = 0x5555;

    /** When the flow sends, in the order of time. */
    private final Span[] active;

    private final VideoSource.Range range;
    private final VideoSource source;
    private final CongestionController controller;
    private final Pacer<Integer> pacer;
    private final ArrivalLog log = new ArrivalLog(1, FEEDBACK_NANOS);
    private final Trace trace;
    private final Link media;
    private final Link feedback;
    private final FlowPath mediaPath;
    private final FlowPath feedbackPath;
    private final Actor receiver = new Receiver();
    private int transportSequence;
    private int sequenceNumber;
    private long nextDemandNanos;
    private boolean sending;

    /**
     * Where a flow runs: the link its media takes, and the one for the feedback, with its paths.
     */
    record Route(Link media, Link feedback, FlowPath mediaPath, FlowPath feedbackPath) {}

    MediaFlow(
            Route route,
            EstimatorSettings settings,
            VideoSource.Range range,
            Trace trace,
            long seed,
            Span... active) {
        this.media = route.media();
        this.feedback = route.feedback();
        this.mediaPath = route.mediaPath();
        this.feedbackPath = route.feedbackPath();
        this.range = range;
        this.trace = trace;
        this.active = active.clone();
        long startNanos = nanos(active[0].fromSeconds());
        source = new VideoSource(range, startNanos, seed);
        controller = new CongestionController(settings, startNanos);
        pacer = new Pacer<>(PacerSettings.DEFAULT, startNanos);
        nextDemandNanos = startNanos;
    }

    /** The side that gets the media. */
    Actor receiver() {
        return receiver;
    }

    Trace trace() {
        return trace;
    }

    @Override
    public long nextNanos() {
        long next = Math.min(nextDemandNanos, controller.nextDeadlineNanos());
        if (sending) {
            next = Math.min(next, source.nextFrameNanos());
        }
        return Math.min(next, pacer.nextDeadlineNanos());
    }

    @Override
    public void act(long nowNanos) {
        if (Deadline.isDue(nextDemandNanos, nowNanos)) {
            nextDemandNanos += DEMAND_NANOS;
            demand(nowNanos);
        }
        if (Deadline.isDue(controller.nextDeadlineNanos(), nowNanos)) {
            controller.onDeadline(nowNanos);
        }
        apply(nowNanos);
        if (sending && Deadline.isDue(source.nextFrameNanos(), nowNanos)) {
            enqueueFrame(nowNanos);
        }
        pacer.onDeadline(nowNanos, this);
    }

    private void demand(long nowNanos) {
        boolean wasSending = sending;
        sending = isActive(nowNanos);
        if (sending && !wasSending) {
            source.resume(nowNanos);
        }
        source.target(controller.targetBps(), nowNanos);
        controller.onDemand(sending ? source.rateBps() : 0, sending ? range.maxBps() : 0, nowNanos);
        trace.target(controller.targetBps(), nowNanos);
    }

    private boolean isActive(long nowNanos) {
        for (Span span : active) {
            if (span.contains(nowNanos / 1e9)) {
                return true;
            }
        }
        return false;
    }

    /** Hands what the controller wants to the pacer. */
    private void apply(long nowNanos) {
        pacer.rates(controller.pacingBps(), controller.paddingBps(), nowNanos);
        for (Probe probe = controller.pollProbe(); probe != null; probe = controller.pollProbe()) {
            if (sending) {
                pacer.probe(probe, nowNanos);
            }
        }
    }

    private void enqueueFrame(long nowNanos) {
        int leftBytes = source.nextFrameBytes();
        while (leftBytes > 0) {
            int sizeBytes =
                    Math.clamp(leftBytes, OVERHEAD_BYTES + 1, MAX_PAYLOAD_BYTES + OVERHEAD_BYTES);
            pacer.enqueue(sizeBytes, sizeBytes, PacketPriority.VIDEO, nowNanos, this);
            leftBytes -= sizeBytes;
        }
    }

    @Override
    public void onRelease(Integer packet, int probeId, long nowNanos) {
        send(packet, probeId, nowNanos);
    }

    @Override
    public int onPaddingWanted(int bytes, int probeId, long nowNanos) {
        if (!sending) {
            return 0;
        }
        int sizeBytes = Math.clamp(bytes, OVERHEAD_BYTES + 1, MAX_PAYLOAD_BYTES + OVERHEAD_BYTES);
        send(sizeBytes, probeId, nowNanos);
        return sizeBytes;
    }

    private void send(int sizeBytes, int probeId, long nowNanos) {
        int number = transportSequence;
        transportSequence = (transportSequence + 1) & 0xFFFF;
        controller.onPacketSent(
                number, SSRC, sequenceNumber++ & 0xFFFF, sizeBytes, probeId, nowNanos);
        var packet = new Packet<Integer>(number, sizeBytes, this::onMedia);
        trace.onSent(!media.send(packet, mediaPath, nowNanos), nowNanos);
    }

    private void onMedia(Packet<Integer> packet, long queuedNanos, long nowNanos) {
        trace.onArrival(packet.sizeBytes(), queuedNanos, nowNanos);
        log.onPacket(packet.content(), SSRC, nowNanos + CLOCK_OFFSET_NANOS);
    }

    private void onFeedback(Packet<TransportFeedback> packet, long queuedNanos, long nowNanos) {
        controller.onFeedback(packet.content(), nowNanos);
        apply(nowNanos);
        pacer.onDeadline(nowNanos, this);
    }

    private static long nanos(double seconds) {
        return (long) (seconds * 1e9);
    }

    private final class Receiver implements Actor {

        @Override
        public long nextNanos() {
            long next = log.nextDeadlineNanos();
            return next == Deadline.NEVER ? next : next - CLOCK_OFFSET_NANOS;
        }

        @Override
        public void act(long nowNanos) {
            log.onDeadline(nowNanos + CLOCK_OFFSET_NANOS, report -> send(report, nowNanos));
        }

        private void send(TransportFeedback report, long nowNanos) {
            int sizeBytes = report.sizeBytes() + FEEDBACK_OVERHEAD_BYTES;
            feedback.send(
                    new Packet<>(report, sizeBytes, MediaFlow.this::onFeedback),
                    feedbackPath,
                    nowNanos);
        }
    }
}
