package dev.sluice.media.bwe;

import dev.sluice.media.time.Deadline;

import org.jspecify.annotations.Nullable;

/**
 * Decides when to probe, and how high: at the start, further while probes succeed, when the
 * application begins to use more, after a large drop, from time to time while the viewer could use
 * more than the estimate, and a few times for the sake of key frames. In the manner of libwebrtc's
 * ProbeController, where the scales are from; probing for demand while not application-limited is
 * an addition.
 */
final class ProbeController {

    /** A probe rate is so much above the estimate at most, so that its queue stays short. */
    static final double MAX_STEP = 3;

    /**
     * Probing goes no further than so many times what the viewer could use: the pacing rate of such
     * an estimate is ten times the mean, so that key frames do not wait for long.
     */
    static final double MAX_OVER_WANTED = 5;

    private static final double FIRST_SCALE = 3;
    private static final double SECOND_SCALE = 6;
    private static final double FURTHER_SCALE = 2;
    private static final double SUCCESS_SHARE = 0.7;
    private static final double LOSS_LIMITED_SCALE = 1.5;

    private static final long INTERVAL_NANOS = 5_000_000_000L;
    private static final long MIN_INTERVAL_NANOS = 1_000_000_000L;
    private static final long RESULT_TIMEOUT_NANOS = 1_000_000_000L;

    /** With so much more than wanted estimated, media has room; {@link KeyFrameRoom} is apart. */
    private static final double ENOUGH_OVER_WANTED = 1.2;

    /** A new wish is for so much more: what is wanted always moves a bit. */
    private static final double MORE_WANTED = 1.2;

    /** While all that is estimated is used, a probe is a risk to others: by small steps then. */
    private static final double BUSY_SCALE = 1.5;

    /** Such a step succeeds only when nearly all of it arrived in time. */
    private static final double BUSY_SUCCESS_SHARE = 0.9;

    /** And only when there was no congestion for so long, so that there may be room. */
    private static final long MIN_CALM_NANOS = 7_000_000_000L;

    private static final long MIN_DURATION_NANOS = 15_000_000;

    /** Long enough to meet the others' frames, too. */
    private static final long BUSY_DURATION_NANOS = 33_000_000;

    private final long maxBps;
    private final LargeDrop drop = new LargeDrop();
    private final KeyFrameRoom room = new KeyFrameRoom();
    private final ProbeQueue pending = new ProbeQueue();

    private boolean started;
    private boolean waiting;
    private boolean further;
    private boolean busy;
    private double lastProbedBps;
    private long lastProbeNanos;

    private long limitBps = Long.MAX_VALUE;
    private long estimateBps;
    private long provenBps;
    private LossState lossState = LossState.DELAY_BASED;
    private long wantedBps = -1; // not known yet

    /** What of it was probed for, with the first packets or as a new wish. */
    private long triedBps = -1;

    private boolean applicationLimited;
    private long limitedSinceNanos;

    ProbeController(EstimatorSettings settings) {
        maxBps = settings.maxBps();
        estimateBps = settings.startBps();
        provenBps = settings.startBps();
    }

    /** The next probe to send, or null. */
    @Nullable Probe poll() {
        return pending.poll();
    }

    /** Packets begin to leave: probes at 3 and 6 times the start. */
    void onFirstPacket(long nowNanos) {
        if (!started) {
            started = true;
            triedBps = wantedBps;
            probe(FIRST_SCALE * estimateBps, SECOND_SCALE, true, nowNanos);
            if (further) {
                probe(SECOND_SCALE * estimateBps, SECOND_SCALE, true, nowNanos);
            }
        }
    }

    /**
     * The target changed, perhaps by a probe's result.
     *
     * @param proven what of it was seen to arrive
     */
    void onEstimate(long bps, long proven, LossState loss, long nowNanos) {
        if (LargeDrop.isFrom(estimateBps, bps)) {
            drop.onDrop(estimateBps, nowNanos);
        }
        estimateBps = bps;
        provenBps = proven;
        lossState = loss;
        double share = busy ? BUSY_SUCCESS_SHARE : SUCCESS_SHARE;
        if (waiting && further && bps > share * lastProbedBps) {
            probe((busy ? BUSY_SCALE : FURTHER_SCALE) * bps, MAX_STEP, true, nowNanos);
        }
    }

    /**
     * From now on no probe goes further than this, in bit/s; at 0 there are none, as nothing would
     * tell what they measured.
     */
    void onLimit(long bps) {
        limitBps = bps;
    }

    /** What the viewer could use. A new wish is tried once, as soon as that can be. */
    void onDemand(long wanted, long nowNanos) {
        room.onDemand(wanted);
        wantedBps = wanted;
        triedBps = Math.min(triedBps, wanted);
        tryWish(nowNanos);
    }

    private void tryWish(long nowNanos) {
        boolean isNew =
                wantedBps > MORE_WANTED * triedBps && wantedBps > ENOUGH_OVER_WANTED * provenBps;
        if (isNew && mayRise() && mayProbe(nowNanos, MIN_INTERVAL_NANOS)) {
            triedBps = wantedBps;
            busy = false;
            probe((double) wantedBps, MAX_STEP, true, nowNanos);
        }
    }

    /** The last probe measured much more than is estimated: another one of its rate is to agree. */
    void confirm(long nowNanos) {
        long bps = Math.min((long) lastProbedBps, mostBps());
        if (!pending.isFull() && bps > estimateBps) {
            lastProbeNanos = nowNanos;
            enqueue(bps);
            waiting = true;
        }
    }

    /** The application began or ceased to use less than the estimate. */
    void onApplicationLimit(boolean limited, long nowNanos) {
        boolean ended = applicationLimited && !limited;
        if (limited && !applicationLimited) {
            limitedSinceNanos = nowNanos;
        }
        applicationLimited = limited;
        if (ended && isMoreWanted() && mayProbe(nowNanos, MIN_INTERVAL_NANOS)) {
            busy = false;
            probe(FURTHER_SCALE * estimateBps, MAX_STEP, true, nowNanos);
        }
    }

    /** A queue has emptied: what was there before a large drop may be there again. */
    void onRecovered(long nowNanos) {
        long suggestedBps = drop.suggestedBps(nowNanos);
        if (suggestedBps > estimateBps && mayProbe(nowNanos, 0)) {
            drop.onProbe(nowNanos);
            busy = false;
            double maxStep = applicationLimited ? MAX_STEP : FURTHER_SCALE;
            probe((double) suggestedBps, maxStep, false, nowNanos);
        }
    }

    /**
     * Gives up waiting for results, and probes when it is time for it.
     *
     * @param calmNanos for how long there was no congestion
     */
    void onDeadline(long calmNanos, long nowNanos) {
        if (waiting && nowNanos - lastProbeNanos > RESULT_TIMEOUT_NANOS) {
            waiting = false;
        }
        tryWish(nowNanos);
        if (isMoreWanted()) {
            if (Deadline.isDue(periodicDeadlineNanos(), nowNanos)) {
                probeForMore(calmNanos, nowNanos);
            }
        } else if (isRoomWanted(calmNanos) && mayProbe(nowNanos, INTERVAL_NANOS)) {
            room.onTry();
            probeForMore(calmNanos, nowNanos);
        }
    }

    private void probeForMore(long calmNanos, long nowNanos) {
        busy = !applicationLimited;
        if (!busy) {
            probe(FURTHER_SCALE * estimateBps, MAX_STEP, true, nowNanos);
        } else if (calmNanos >= MIN_CALM_NANOS) {
            probe(BUSY_SCALE * estimateBps, MAX_STEP, true, nowNanos);
        }
    }

    private long periodicDeadlineNanos() {
        if (!started || waiting) {
            return Deadline.NEVER;
        }
        long since =
                applicationLimited && limitedSinceNanos - lastProbeNanos > 0
                        ? limitedSinceNanos
                        : lastProbeNanos;
        return since + INTERVAL_NANOS;
    }

    private boolean mayProbe(long nowNanos, long intervalNanos) {
        return started && !waiting && nowNanos - lastProbeNanos >= intervalNanos;
    }

    /** Before the viewer's demand is known, only what is not used otherwise is explored. */
    private boolean isMoreWanted() {
        if (!mayRise()) {
            return false;
        }
        return wantedBps >= 0 ? wantedBps * ENOUGH_OVER_WANTED > provenBps : applicationLimited;
    }

    /** There is room for media, and key frames would leave sooner with more. */
    private boolean isRoomWanted(long calmNanos) {
        return mayRise()
                && calmNanos >= MIN_CALM_NANOS
                && lossState == LossState.DELAY_BASED
                && room.isWanted(wantedBps, provenBps);
    }

    private long mostBps() {
        return Math.min(maxBps, limitBps);
    }

    private boolean mayRise() {
        return lossState != LossState.DECREASING && estimateBps < mostBps();
    }

    /** Queues a probe within all limits, unless they leave nothing to learn. */
    private void probe(double wishBps, double maxStep, boolean mayGoFurther, long nowNanos) {
        double limit = Math.min((double) mostBps(), maxStep * estimateBps);
        if (wantedBps >= 0) {
            limit = Math.min(limit, MAX_OVER_WANTED * wantedBps);
        }
        if (lossState != LossState.DELAY_BASED) {
            limit = Math.min(limit, LOSS_LIMITED_SCALE * estimateBps);
        }
        double bps = Math.min(wishBps, limit);
        lastProbeNanos = nowNanos;
        if (bps <= provenBps || pending.isFull()) {
            waiting = false;
            return;
        }
        enqueue((long) bps);
        waiting = true;
        further = mayGoFurther && bps >= wishBps;
        lastProbedBps = bps;
    }

    private void enqueue(long bps) {
        pending.add(bps, busy ? BUSY_DURATION_NANOS : MIN_DURATION_NANOS);
    }
}
