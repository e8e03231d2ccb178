package dev.sluice.server.router;

import java.util.List;

/**
 * Divides what a viewer's network carries among his tracks: sound first, then the lowest layer of
 * each picture by priority, then one layer more for each in turn while it fits.
 *
 * <p>It falls at once and climbs with care. A layer that is in use may take a little more than the
 * budget, as bitrates are measured and pictures are not of one size; a higher one must fit with
 * room to spare, and not soon after a fall. A climb that ended in a fall makes the next one wait
 * longer. A picture whose lowest layer does not fit goes on until a second's worth of it was too
 * much; one that has not begun does begin, as else nothing would be learnt of the network.
 */
final class BandwidthAllocator {

    /** How far above the budget a layer in use may be. */
    private static final double KEEP_RATIO = 1.05;

    /** How much of the budget a layer to climb to may take. */
    private static final double CLIMB_RATIO = 0.9;

    /** How far above what is proven a climb may go. */
    private static final double PROOF_RATIO = 1.15;

    /** The wait after a fall. */
    static final long MIN_HOLD_NANOS = 2_000_000_000L;

    /** The wait after a row of climbs that failed. */
    static final long MAX_HOLD_NANOS = 16_000_000_000L;

    /** A fall within this time says that the climb before was a mistake. */
    private static final long TRIAL_NANOS = 5_000_000_000L;

    /** A climb that has lasted as long makes up for former mistakes. */
    private static final long TRUST_NANOS = 30_000_000_000L;

    /** How much of the lowest layers may be too much before they are paused. */
    private static final double PAUSE_AFTER_SECONDS = 1;

    private static final double SECONDS_PER_NANO = 1e-9;

    private long holdNanos = MIN_HOLD_NANOS;
    private long noClimbBeforeNanos;
    private long lastClimbNanos;
    private boolean hasFallen;
    private boolean hasClimbed;
    private double climbBps;
    private double excessSeconds;
    private long lastNanos;
    private boolean hasRun;
    private long spentBps;
    private long wantedBps;

    /**
     * @param budgetBps for all tracks together
     * @param provenBps what of it is known to be there; there is no climbing far above it
     * @return for each claim its layer, or {@link TrackClaim#PAUSED}
     */
    int[] allocate(List<TrackClaim> claims, long budgetBps, long provenBps, long nowNanos) {
        int[] layers = new int[claims.size()];
        int[] order = byPriority(claims);
        climbBps = CLIMB_RATIO * Math.min((double) budgetBps, PROOF_RATIO * provenBps);
        spentBps = 0;
        wantedBps = 0;
        for (TrackClaim claim : claims) {
            wantedBps += claim.wantedBps();
        }
        noteExcess(claims, budgetBps, nowNanos);
        for (int i : order) {
            layers[i] = lowest(claims.get(i), budgetBps);
            spentBps += claims.get(i).bps(layers[i]);
        }
        boolean mayClimb = !hasFallen || nowNanos - noClimbBeforeNanos >= 0;
        boolean risen = true;
        while (risen) {
            risen = false;
            for (int i : order) {
                risen |= raise(claims.get(i), layers, i, budgetBps, mayClimb);
            }
        }
        remember(claims, layers, nowNanos);
        return layers;
    }

    /** The places of the claims, those of a higher priority first, else as they come. */
    private static int[] byPriority(List<TrackClaim> claims) {
        int[] order = new int[claims.size()];
        for (int i = 0; i < order.length; i++) {
            int place = i;
            int priority = claims.get(i).priority();
            for (; place > 0 && claims.get(order[place - 1]).priority() < priority; place--) {
                order[place] = order[place - 1];
            }
            order[place] = i;
        }
        return order;
    }

    private int lowest(TrackClaim claim, long budgetBps) {
        boolean isAudio = claim.priority() >= TrackClaim.AUDIO_PRIORITY;
        boolean isPaused = claim.current() == TrackClaim.PAUSED;
        double limitBps = isPaused ? climbBps : budgetBps * KEEP_RATIO;
        boolean fits = spentBps + claim.bps(0) <= limitBps;
        boolean isSuffered = !isPaused && excessSeconds < PAUSE_AFTER_SECONDS;
        return isAudio || fits || isSuffered ? 0 : TrackClaim.PAUSED;
    }

    private boolean raise(TrackClaim claim, int[] layers, int i, long budgetBps, boolean mayClimb) {
        int next = layers[i] + 1;
        if (layers[i] == TrackClaim.PAUSED || next > claim.top()) {
            return false;
        }
        boolean isClimb = next > claim.current();
        double limitBps = isClimb ? climbBps : budgetBps * KEEP_RATIO;
        long moreBps = claim.bps(next) - claim.bps(layers[i]);
        if ((isClimb && !mayClimb) || spentBps + moreBps > limitBps) {
            return false;
        }
        layers[i] = next;
        spentBps += moreBps;
        return true;
    }

    /** How much of the lowest layers did not fit, since they last did. */
    private void noteExcess(List<TrackClaim> claims, long budgetBps, long nowNanos) {
        double seconds = hasRun ? (nowNanos - lastNanos) * SECONDS_PER_NANO : 0;
        hasRun = true;
        lastNanos = nowNanos;
        long neededBps = 0;
        for (TrackClaim claim : claims) {
            neededBps += claim.isAwaited() ? 0 : claim.bps(0);
        }
        boolean fits = neededBps <= budgetBps * KEEP_RATIO;
        excessSeconds =
                fits ? 0 : excessSeconds + seconds * (neededBps - budgetBps) / (double) neededBps;
    }

    private void remember(List<TrackClaim> claims, int[] layers, long nowNanos) {
        boolean fell = false;
        boolean climbed = false;
        for (int i = 0; i < layers.length; i++) {
            fell |= layers[i] < claims.get(i).current();
            climbed |= layers[i] > claims.get(i).current();
        }
        if (fell) {
            onFall(nowNanos);
        } else if (climbed) {
            lastClimbNanos = nowNanos;
            hasClimbed = true;
        }
    }

    private void onFall(long nowNanos) {
        long sinceClimbNanos = nowNanos - lastClimbNanos;
        if (hasClimbed && sinceClimbNanos < TRIAL_NANOS) {
            holdNanos = Math.min(MAX_HOLD_NANOS, 2 * holdNanos);
        } else if (sinceClimbNanos > TRUST_NANOS) {
            holdNanos = MIN_HOLD_NANOS;
        }
        hasFallen = true;
        noClimbBeforeNanos = nowNanos + holdNanos;
    }

    /** Whether the last allocation gave all that was wanted, and there was room to spare. */
    boolean hasRoom() {
        return spentBps == wantedBps && spentBps <= climbBps;
    }

    /** What the last allocation takes, in bit/s. */
    long spentBps() {
        return spentBps;
    }

    /** What the claims of the last allocation would take at their best, in bit/s. */
    long wantedBps() {
        return wantedBps;
    }
}
