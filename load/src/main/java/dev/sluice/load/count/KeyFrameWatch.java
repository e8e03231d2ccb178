package dev.sluice.load.count;

/** Tells when the first key frame of a stream is complete, by its packets' numbers. */
public final class KeyFrameWatch {

    private static final long NONE = -1;

    private long startSequence = NONE;
    private long endSequence = NONE;
    private long timestamp;
    private long packets;
    private boolean isComplete;

    /**
     * Takes note of a packet that has not come before.
     *
     * @param startsKeyFrame whether a key frame begins in it
     * @return whether the first key frame is complete
     */
    public boolean onPacket(
            long extendedSequence, long packetTimestamp, boolean startsKeyFrame, boolean marker) {
        if (isComplete) {
            return true;
        }
        boolean isNewFrame = startSequence == NONE || packetTimestamp != timestamp;
        if (startsKeyFrame && isNewFrame) {
            begin(extendedSequence, packetTimestamp);
        }
        if (startSequence != NONE && packetTimestamp == timestamp) {
            packets++;
            endSequence = marker ? extendedSequence : endSequence;
            isComplete = endSequence != NONE && packets == endSequence - startSequence + 1;
        }
        return isComplete;
    }

    private void begin(long extendedSequence, long packetTimestamp) {
        startSequence = extendedSequence;
        endSequence = NONE;
        timestamp = packetTimestamp;
        packets = 0;
    }

    public boolean isComplete() {
        return isComplete;
    }
}
