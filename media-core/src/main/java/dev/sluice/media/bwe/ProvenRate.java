package dev.sluice.media.bwe;

/**
 * What the path has been seen to carry: the most that was acknowledged or probed since the target
 * was last below it. The target itself may be half as much again while nothing tries it. Not in
 * libwebrtc, where an encoder follows the target in small steps; a layer is a large one.
 */
final class ProvenRate {

    private long bps;

    /** The start is taken for granted. */
    ProvenRate(long startBps) {
        bps = startBps;
    }

    /** So much arrived, in bit/s, or -1 when that is not known. */
    void onMeasured(long measuredBps) {
        bps = Math.max(bps, measuredBps);
    }

    /** The target is this now. */
    void onTarget(long targetBps) {
        bps = Math.min(bps, targetBps);
    }

    /** There is nothing better to go by than the target. */
    void trust(long targetBps) {
        bps = targetBps;
    }

    long bps() {
        return bps;
    }
}
