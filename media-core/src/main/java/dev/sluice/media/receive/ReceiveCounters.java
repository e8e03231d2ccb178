package dev.sluice.media.receive;

import dev.sluice.media.stats.Counter;

/** What happened to received packets. Streams of one thread may share it. */
public final class ReceiveCounters {

    private final Counter packets = new Counter();
    private final Counter payloadBytes = new Counter();
    private final Counter missing = new Counter();
    private final Counter recovered = new Counter();
    private final Counter duplicates = new Counter();
    private final Counter tooOld = new Counter();
    private final Counter restarts = new Counter();
    private final Counter requested = new Counter();
    private final Counter givenUp = new Counter();

    /** Packets accepted, recovered ones among them. */
    public Counter packets() {
        return packets;
    }

    /** The bytes of their payloads, without padding. */
    public Counter payloadBytes() {
        return payloadBytes;
    }

    /** Packets that were not there when a later one came; some of them came afterwards. */
    public Counter missing() {
        return missing;
    }

    /** Packets that came because they were sent again. */
    public Counter recovered() {
        return recovered;
    }

    /** Packets that had come before. */
    public Counter duplicates() {
        return duplicates;
    }

    /** Packets outside of the sequence number window. */
    public Counter tooOld() {
        return tooOld;
    }

    /** Times that a source began anew at another sequence number. */
    public Counter restarts() {
        return restarts;
    }

    /** Sequence numbers asked for by NACK; each time that one is asked for counts. */
    public Counter requested() {
        return requested;
    }

    /** Missing packets that are no longer asked for. */
    public Counter givenUp() {
        return givenUp;
    }
}
