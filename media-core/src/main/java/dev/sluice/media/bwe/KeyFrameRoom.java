package dev.sluice.media.bwe;

/**
 * Whether to look for more room than media needs: key frames are as large as several mean frames,
 * and wait in the pacer where only the mean is known to fit. On a slow path that is in vain, so it
 * is tried a few times since there last was room. Not in libwebrtc.
 */
final class KeyFrameRoom {

    /** With so many times what the viewer could use, key frames have room. */
    private static final double ENOUGH = 3;

    private static final int MAX_TRIES = 3;

    /** It is tried again when so many times more is wanted; what is wanted always moves a bit. */
    private static final double MUCH_MORE = 1.5;

    private int tries;
    private long forBps;

    /** The viewer could use so much, in bit/s. */
    void onDemand(long wantedBps) {
        if (wantedBps > MUCH_MORE * forBps) {
            forBps = wantedBps;
            tries = 0;
        }
    }

    /** Whether a try is worth it. */
    boolean isWanted(long wantedBps, long provenBps) {
        if (provenBps >= ENOUGH * wantedBps) {
            tries = 0;
            return false;
        }
        return tries < MAX_TRIES;
    }

    void onTry() {
        tries++;
    }
}
