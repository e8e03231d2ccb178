package dev.sluice.media.bwe;

import dev.sluice.media.rtcp.CongestionControlFeedback;
import dev.sluice.media.rtcp.ReportBlock;
import dev.sluice.media.rtcp.TransportArrivals;
import dev.sluice.media.time.Deadline;

import org.jspecify.annotations.Nullable;

/**
 * Estimates what the path to one receiver carries, from that receiver's feedback alone: Google
 * congestion control (draft-ietf-rmcat-gcc-02, with the trendline filter and the loss-based
 * controller of today's libwebrtc).
 *
 * <p>Feedback with arrival times, transport-wide or of RFC 8888, is what the estimate rests on.
 * While none comes, report blocks give a coarser one. In either case REMB bounds it. Any feedback
 * is taken: what names packets that were never sent changes nothing, and the target stays within
 * the settings' bounds whatever is claimed.
 */
public final class CongestionController {

    private static final double PACING_FACTOR = 2.5;
    private static final long TICK_NANOS = 100_000_000;

    /** While feedback comes, the deadline is for when it does not any more. */
    private static final long FEEDBACK_GAP_NANOS = 5 * TICK_NANOS;

    /** Without packets for so long, nobody needs to be called. */
    private static final long IDLE_NANOS = 10_000_000_000L;

    /** Of the estimate before feedback was lost, what is tried when it is back. */
    private static final double SHARE_AFTER_SILENCE = 0.5;

    private static final int MAX_SEQUENCE = 0xFFFF;

    private final EstimatorSettings settings;
    private final SentPacketHistory history = new SentPacketHistory();
    private final FeedbackReader reader = new FeedbackReader(history);
    private final PathEstimate estimate;
    private final DelayBasedEstimator delayBased;
    private final ProbeController probes;
    private final MeasuredRates rates;
    private final ProvenRate proven;
    private final ApplicationLimit applicationLimit = new ApplicationLimit();
    private final RoundTripTime roundTrip = new RoundTripTime();
    private final FeedbackWatch watch = new FeedbackWatch();

    private long targetBps;
    private long allocatedBps;
    private long wantedBps;
    private long beforeSilenceBps;
    private long sentBytes;
    private long lastSentNanos;
    private long tickNanos = Deadline.NEVER;
    private long tickedNanos;
    private long settledNanos;

    /** For one receiver, to be probed once packets leave. */
    public CongestionController(EstimatorSettings settings, long nowNanos) {
        this.settings = settings;
        tickedNanos = nowNanos;
        settledNanos = nowNanos;
        rates = new MeasuredRates(nowNanos);
        proven = new ProvenRate(settings.startBps());
        targetBps = settings.startBps();
        estimate = new PathEstimate(settings, nowNanos);
        delayBased = estimate.delayBased();
        probes = new ProbeController(settings);
        applicationLimit.onEstimate(targetBps);
    }

    /**
     * An RTP packet leaves.
     *
     * @param transportSequence its transport-wide number as stamped, 16 bits, or -1 without
     * @param ssrc with the sequence number, how RFC 8888 feedback names it
     * @param sizeBytes the whole RTP packet, and what the caller counts for the layers below
     * @param probeId of the {@link Probe} that it belongs to, or {@link Probe#NONE}
     * @throws IllegalArgumentException for numbers out of their range
     */
    public void onPacketSent(
            int transportSequence,
            long ssrc,
            int sequenceNumber,
            int sizeBytes,
            int probeId,
            long nowNanos) {
        if (transportSequence < -1 || transportSequence > MAX_SEQUENCE || sizeBytes <= 0) {
            throw new IllegalArgumentException(
                    "Transport sequence %d and %d bytes; expected -1 to 65535, and above 0"
                            .formatted(transportSequence, sizeBytes));
        }
        history.add(transportSequence, ssrc, sequenceNumber, sizeBytes, probeId, nowNanos);
        watch.onSent(nowNanos);
        applicationLimit.onSent(sizeBytes, nowNanos);
        sentBytes += sizeBytes;
        lastSentNanos = nowNanos;
        if (tickNanos == Deadline.NEVER) {
            probes.onFirstPacket(nowNanos);
            tickNanos = nowNanos + TICK_NANOS;
        }
    }

    /** Transport-wide feedback arrived. */
    public void onFeedback(TransportArrivals feedback, long nowNanos) {
        onResults(reader.read(feedback, nowNanos), nowNanos);
    }

    /** RFC 8888 feedback arrived. */
    public void onFeedback(CongestionControlFeedback feedback, long nowNanos) {
        onResults(reader.read(feedback, nowNanos), nowNanos);
    }

    /** Whether the last feedback was the first to call a packet lost. */
    public boolean hasLost() {
        return reader.hasLost();
    }

    /** Tells which packets the last feedback was the first to call lost. */
    public void tellLost(LostPackets out) {
        reader.tellLost(out);
    }

    /**
     * A report about one of the streams sent to this receiver arrived: it shows that the receiver
     * is there, and gives the estimate while there is no transport feedback.
     *
     * @param rttNanos the round trip that it shows, -1 when unknown
     */
    public void onReportBlock(ReportBlock block, long rttNanos, long nowNanos) {
        if (!estimate.followsFeedback(nowNanos) && rttNanos >= 0) {
            roundTrip.onSample(rttNanos);
        }
        if (estimate.onReportBlock(block, rttNanos, sentBytes, targetBps, nowNanos)) {
            onFeedbackSeen(nowNanos);
        }
        settle(nowNanos);
    }

    /** The receiver tells an upper bound of what it can take; it holds until the next one. */
    public void onRemb(long bps, long nowNanos) {
        estimate.onRemb(bps, nowNanos);
        settle(nowNanos);
    }

    /**
     * Tells what is sent by choice, the sum of the layers chosen, and what the viewer could use at
     * most. Probing ends once the target suffices for the latter and, on a fast path, for its key
     * frames.
     */
    public void onDemand(long allocatedBps, long wantedBps, long nowNanos) {
        this.allocatedBps = allocatedBps;
        this.wantedBps = wantedBps;
        probes.onDemand(wantedBps, nowNanos);
    }

    /** Does what time asks for: probes, and the reaction to lost feedback. */
    public void onDeadline(long nowNanos) {
        if (Deadline.isDue(nextDeadlineNanos(), nowNanos)) {
            boolean isIdle = nowNanos - lastSentNanos >= IDLE_NANOS;
            tickNanos = isIdle ? Deadline.NEVER : nowNanos + TICK_NANOS;
            tick(nowNanos);
        }
    }

    private void tick(long nowNanos) {
        applicationLimit.onSent(0, nowNanos);
        probes.onApplicationLimit(applicationLimit.isLimited(), nowNanos);
        if (watch.onDeadline(nowNanos)) {
            beforeSilenceBps = targetBps;
        }
        if (!watch.isLost()) {
            probes.onDeadline(delayBased.calmNanos(nowNanos), nowNanos);
        }
        settle(nowNanos);
    }

    /** When {@link #onDeadline} is to be called, {@link Deadline#NEVER} while nothing is sent. */
    public long nextDeadlineNanos() {
        return tickNanos == Deadline.NEVER
                ? Deadline.NEVER
                : Math.min(tickNanos, watch.deadlineNanos());
    }

    /** The next probe cluster for the pacer to send, or null when there is none. */
    public @Nullable Probe pollProbe() {
        Probe probe = probes.poll();
        if (probe != null) {
            rates.onProbe(probe);
        }
        return probe;
    }

    /** What may be spent on media, repair and retransmissions together, in bits per second. */
    public long targetBps() {
        return targetBps;
    }

    /**
     * How much of the target has been seen to arrive, in bits per second. A step above it should
     * wait for a probe, which comes by itself while {@link #onDemand} tells of more that is wanted.
     */
    public long provenBps() {
        return proven.bps();
    }

    /** How fast a burst may leave, in bits per second. */
    public long pacingBps() {
        return (long) (PACING_FACTOR * targetBps);
    }

    /**
     * The rate to fill up to with padding, 0 mostly: while the estimate recovers from loss, its
     * rise has to be tried.
     */
    public long paddingBps() {
        boolean isWorthIt =
                wantedBps > allocatedBps
                        && estimate.lossState(settledNanos) == LossState.INCREASING;
        return isWorthIt ? Math.min(targetBps, wantedBps) : 0;
    }

    /** Whether so little is sent that the target cannot be tried by it. */
    public boolean isApplicationLimited() {
        return applicationLimit.isLimited();
    }

    /**
     * Whether the receiver has been silent for three report intervals while packets were sent (RFC
     * 8083 section 4); the target is the least one then, until it speaks again.
     */
    public boolean hasLostFeedback() {
        return watch.isLost();
    }

    /** The smoothed round trip in nanoseconds, -1 while it is unknown. */
    public long rttNanos() {
        return roundTrip.nanos();
    }

    /** The share lost in the latest windows of feedback, 0 to 1. */
    public double lossRatio() {
        return estimate.lossRatio(settledNanos);
    }

    private void onResults(PacketResults results, long nowNanos) {
        if (results.size() == 0) {
            return;
        }
        results.sortByArrival();
        estimate.onFeedback(nowNanos);
        probes.onLimit(estimate.probeLimitBps(nowNanos));
        onFeedbackSeen(nowNanos);
        roundTrip.onResults(results, nowNanos);
        if (roundTrip.nanos() != RoundTripTime.UNKNOWN) {
            delayBased.onRtt(roundTrip.nanos());
        }
        boolean wasLimited = applicationLimit.isLimited();
        applicationLimit.onSent(0, nowNanos);
        if (wasLimited && !applicationLimit.isLimited()) {
            rates.expectFastChange();
        }
        measure(results, nowNanos);
        tickByFeedback(nowNanos);
    }

    /** While feedback comes, it does what is due; the deadline moves on before it. */
    private void tickByFeedback(long nowNanos) {
        if (nowNanos - tickedNanos >= TICK_NANOS / 2) {
            tickedNanos = nowNanos;
            tickNanos = nowNanos + FEEDBACK_GAP_NANOS;
            tick(nowNanos);
        }
    }

    private void measure(PacketResults results, long nowNanos) {
        boolean limited = applicationLimit.isLimited();
        rates.onResults(results, delayBased.scatterNanos(), targetBps, nowNanos);
        if (rates.wantsConfirmation()) {
            probes.confirm(nowNanos);
        }
        long acknowledgedBps = rates.acknowledgedBps();
        proven.onMeasured(Math.max(acknowledgedBps, rates.probedBps()));
        boolean wasCongested = delayBased.isCongested();
        estimate.onResults(results, acknowledgedBps, rates.probedBps(), limited, nowNanos);
        if (rates.hasLeapt() || (!wasCongested && delayBased.isCongested())) {
            rates.expectFastChange();
        }
        settle(nowNanos);
        probes.onApplicationLimit(limited, nowNanos);
        if (delayBased.hasRecovered()) {
            probes.onRecovered(nowNanos);
        }
    }

    private void onFeedbackSeen(long nowNanos) {
        if (watch.onFeedback(nowNanos)) {
            estimate.restart((long) (SHARE_AFTER_SILENCE * beforeSilenceBps), nowNanos);
        }
    }

    private void settle(long nowNanos) {
        settledNanos = nowNanos;
        long bps = estimate.bps(nowNanos);
        targetBps =
                watch.isLost()
                        ? settings.minBps()
                        : Math.clamp(bps, settings.minBps(), settings.maxBps());
        if (estimate.followsFeedback(nowNanos)) {
            proven.onTarget(targetBps);
        } else {
            proven.trust(targetBps);
        }
        applicationLimit.onEstimate(targetBps);
        probes.onLimit(estimate.probeLimitBps(nowNanos));
        probes.onEstimate(targetBps, proven.bps(), estimate.lossState(nowNanos), nowNanos);
    }
}
