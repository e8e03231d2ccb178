package dev.sluice.video.rewrite;

import dev.sluice.video.layer.LayerSelector;
import dev.sluice.video.layer.PacketLayers;

import org.jspecify.annotations.Nullable;

import java.util.random.RandomGenerator;

/**
 * Gives the packets of one viewer's track their numbers, and remembers them for retransmission.
 * Audio goes the same way; it has neither pictures nor layers.
 */
public final class StreamRewriter {

    /** The packet has no number, and none was left for it. */
    public static final long NONE = NumberWindow.NONE;

    /** RFC 3550 5.1: random beginnings; below 2^15 so that SRTP's first index guess is safe. */
    private static final int FIRST_SEQUENCE_BOUND = 1 << 15;

    private final NumberWindow sequences;
    private final TimestampMapping timestamps;
    private final PictureNumbering pictures;
    private final FrameNumbering frames;
    private final @Nullable SentNumbers sent;
    private int source;

    /**
     * @param clockRateHz ticks per second of the RTP timestamps
     * @param capacityPackets how late packets may come, and how long sent ones are remembered; a
     *     power of two, at most 32768
     * @param remembers whether sent ones are remembered at all
     */
    public StreamRewriter(
            int clockRateHz, int capacityPackets, boolean remembers, RandomGenerator random) {
        sequences = new NumberWindow(capacityPackets, random.nextInt(FIRST_SEQUENCE_BOUND));
        timestamps = new TimestampMapping(clockRateHz, random.nextInt());
        pictures = new PictureNumbering(random);
        frames = new FrameNumbering(random.nextInt(FIRST_SEQUENCE_BOUND));
        sent = remembers ? new SentNumbers(capacityPackets) : null;
    }

    /**
     * Makes a packet the first of a new source; {@link #forward} it next.
     *
     * @param ofSource any number that the caller knows the source by
     * @param extendedSequence its sequence number there without the wrap
     * @param inOldSource what its timestamp would be in the source before, or {@link
     *     TimestampMapping#NO_COMMON_CLOCK}
     */
    public void begin(
            int ofSource, long extendedSequence, long timestamp, long inOldSource, long nowNanos) {
        source = ofSource;
        sequences.begin(extendedSequence);
        timestamps.begin(timestamp, inOldSource, nowNanos);
        pictures.begin();
        frames.begin();
    }

    /**
     * Numbers a packet that is sent.
     *
     * @param selector that has just admitted it, where it is of video
     * @return false where it cannot be sent: it is too late, or was left out before; {@link
     *     #consume} then tells whether a number was left for it
     */
    public boolean forward(
            PacketLayers packet,
            LayerSelector selector,
            long extendedSequence,
            long timestamp,
            boolean marker,
            long nowNanos,
            PacketNumbers into) {
        into.clear();
        boolean isNew = sequences.isNew(extendedSequence);
        if (!sequences.hasPlace(extendedSequence) || !pictures.number(packet, isNew, into)) {
            return false;
        }
        if (packet.hasDescriptor()) {
            frames.number(
                    packet, selector.decidedSpatialId(), selector.decidedTemporalId(), isNew, into);
        }
        into.source = source;
        into.sourceSequence = extendedSequence;
        into.extendedSequence = sequences.send(extendedSequence);
        timestamps.onSent(timestamp, nowNanos);
        into.timestamp = timestamps.map(timestamp);
        into.marker = selector.endsPicture(packet, marker);
        if (sent != null) {
            sent.keep(into);
        }
        return true;
    }

    /**
     * Leaves a packet out that belongs to a layer which the viewer does not get.
     *
     * @return the extended number that was left for it, to be filled with an empty packet, or
     *     {@link #NONE}
     */
    public long leaveOut(PacketLayers packet, long extendedSequence) {
        pictures.leaveOut(packet);
        return consume(extendedSequence);
    }

    /**
     * A number of the source carried nothing for the viewer, such as padding or FEC.
     *
     * @return the extended number that was left for it, to be filled with an empty packet, or
     *     {@link #NONE}
     */
    public long consume(long extendedSequence) {
        return sequences.leaveOut(extendedSequence);
    }

    /** The next number, without the wrap, for a packet of our own in the viewer's stream. */
    public long insert() {
        return sequences.insert();
    }

    /** The viewer's timestamp of the newest packet, 32 bits. */
    public long lastTimestamp() {
        return timestamps.last();
    }

    /** The highest sequence number that was given, without the wrap. */
    public long newestSequence() {
        return sequences.highestMapped();
    }

    /** What is added to the source's timestamps, 32 bits. */
    public long timestampOffset() {
        return timestamps.offset();
    }

    /**
     * The very numbers that a packet was sent with.
     *
     * @param sequence as sent, 16 bits
     * @return false where it was never sent, or too long ago
     */
    public boolean recall(int sequence, PacketNumbers into) {
        return sent != null && sent.recall(unwrapSent(sequence), into);
    }

    /**
     * The latest number that can have been sent with these last bits, without the wrap; below 0
     * where none can.
     *
     * @param sequence as sent, 16 bits
     */
    public long unwrapSent(int sequence) {
        long highest = sequences.highestMapped();
        return highest - (((int) highest - sequence) & 0xFFFF);
    }
}
