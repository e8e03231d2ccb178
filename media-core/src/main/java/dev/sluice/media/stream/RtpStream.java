package dev.sluice.media.stream;

/**
 * One stream of a {@link StreamManager}: what it is, its state, and what it has carried so far.
 *
 * @param <K> its keys
 */
public final class RtpStream<K> {

    private final StreamId id;
    private final long createdNanos;
    private StreamConfig<K> config;
    private StreamState state;
    private long packets;
    private long bytes;
    private long lostPackets;
    private long jitterNanos;
    private long lastPacketNanos;

    RtpStream(StreamId id, StreamConfig<K> config, long nowNanos) {
        this.id = id;
        this.config = config;
        this.createdNanos = nowNanos;
        this.lastPacketNanos = nowNanos;
        this.state = new StreamState.Initializing(nowNanos);
    }

    public StreamId id() {
        return id;
    }

    public StreamConfig<K> config() {
        return config;
    }

    public StreamState state() {
        return state;
    }

    /** Counts a packet that came or went; costs no more than that. */
    public void onPacket(int sizeBytes, long nowNanos) {
        packets++;
        bytes += sizeBytes;
        lastPacketNanos = nowNanos;
    }

    /**
     * Keeps what the last report said (RFC 3550 section 6.4.1).
     *
     * @param lostPackets since the stream began; below 0 where duplicates outweigh losses
     * @param jitterNanos the interarrival jitter
     */
    public void onReport(long lostPackets, long jitterNanos) {
        this.lostPackets = lostPackets;
        this.jitterNanos = jitterNanos;
    }

    /** When the last packet came or went; before the first one, when the stream was created. */
    public long lastPacketNanos() {
        return lastPacketNanos;
    }

    /** What there is to say of the stream now. */
    public StreamSnapshot snapshot(long nowNanos) {
        return new StreamSnapshot(
                id,
                config.user(),
                config.kind(),
                config.ssrc(),
                config.payloadType(),
                config.codec(),
                config.bitrateBps(),
                config.keys() != null,
                state,
                nowNanos - createdNanos,
                nowNanos - state.sinceNanos(),
                packets,
                bytes,
                lostPackets,
                jitterNanos);
    }

    void become(StreamState next) {
        state = next;
    }

    void reconfigure(StreamConfig<K> changed) {
        config = changed;
    }
}
