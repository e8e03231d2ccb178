package dev.sluice.media.bwe;

/** Packet results for tests of what they are given to. */
final class Results {

    private final SentPacketHistory history = new SentPacketHistory();
    private final PacketResults results = new PacketResults();
    private int sent;

    /** Begins the results of another feedback. */
    Results next() {
        results.clear();
        return this;
    }

    Results received(long sentNanos, long arrivalNanos, int sizeBytes, int probeId) {
        results.addReceived(history, add(sentNanos, sizeBytes, probeId), arrivalNanos, false);
        return this;
    }

    Results received(long sentNanos, long arrivalNanos, int sizeBytes) {
        return received(sentNanos, arrivalNanos, sizeBytes, Probe.NONE);
    }

    Results lost(long sentNanos, int sizeBytes) {
        results.addLost(history, add(sentNanos, sizeBytes, Probe.NONE));
        return this;
    }

    /** Received although it had been reported as lost. */
    Results corrected(long sentNanos, long arrivalNanos, int sizeBytes) {
        long position = add(sentNanos, sizeBytes, Probe.NONE);
        results.addReceived(history, position, arrivalNanos, true);
        return this;
    }

    PacketResults sorted() {
        results.sortByArrival();
        return results;
    }

    private long add(long sentNanos, int sizeBytes, int probeId) {
        history.add(-1, 1, sent & 0xFFFF, sizeBytes, probeId, sentNanos);
        return history.byStream(1, sent++ & 0xFFFF);
    }
}
