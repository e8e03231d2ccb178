package dev.sluice.media.receive;

import dev.sluice.media.buffer.PacketRing;
import dev.sluice.media.rtcp.ReportBlock;
import dev.sluice.media.rtcp.SenderReport;
import dev.sluice.media.rtp.RtpPacket;
import dev.sluice.media.seq.SequenceNumbers;
import dev.sluice.media.time.Deadline;

import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;

/**
 * One media SSRC of a publisher: extends its sequence numbers, keeps its packets for
 * retransmission, and says what to report of it and what to ask it for.
 */
public final class ReceiveStream {

    private final ReceiveCounters counters;
    private final SourceSequence sequence;
    private final ReceptionStatistics statistics;
    private final PacketRing ring;
    private final @Nullable NackRequester nack;
    private long extendedSequence = SourceSequence.OUTSIDE;
    private long packets;
    private long payloadBytes;
    private long headerBytes;
    private long retransmittedPackets;
    private long retransmittedBytes;
    private long markedPackets;

    /**
     * @param clockRateHz ticks per second of the RTP timestamps
     * @param ringCapacity packets to keep, a power of two; older ones are {@link Arrival#TOO_OLD}
     * @param nack whether the publisher answers NACK
     */
    public ReceiveStream(
            long ssrc, int clockRateHz, int ringCapacity, boolean nack, ReceiveCounters counters) {
        this.counters = counters;
        this.sequence = new SourceSequence(ringCapacity);
        this.statistics = new ReceptionStatistics(ssrc, clockRateHz);
        this.ring = new PacketRing(ringCapacity);
        this.nack = nack ? new NackRequester(ssrc, counters) : null;
    }

    /**
     * Takes in a packet of this SSRC, in the clear. Of an accepted one a copy is kept.
     *
     * @param retransmitted whether it came by RTX and was unwrapped
     */
    public Arrival onPacket(RtpPacket packet, boolean retransmitted, long nowNanos) {
        return take(packet, retransmitted, retransmitted, nowNanos);
    }

    /**
     * Takes in a packet that was lost and recovered from others (FEC, redundant audio): as one that
     * was sent again, but it says nothing of the round trip.
     */
    public Arrival onRecovered(RtpPacket packet, long nowNanos) {
        return take(packet, true, false, nowNanos);
    }

    /**
     * Takes note of a packet that repairs others in the stream's own numbers (ULPFEC): it counts as
     * received and is not asked for, but there is nothing to keep. From now on a gap may be such a
     * packet, which nobody sends again, so that giving up is no reason for a key frame.
     *
     * @return its number without the wrap; -1 when it is too old, or too far away, to have one
     */
    public long onRepairPacket(RtpPacket packet, boolean retransmitted, long nowNanos) {
        long extended = sequence.onPacket(packet.sequenceNumber(), retransmitted);
        if (extended == SourceSequence.OUTSIDE) {
            counters.tooOld().increment();
            return extended;
        }
        if (sequence.restarted()) {
            onRestart(extended, nowNanos);
        }
        if (!retransmitted) {
            statistics.onPacket(extended, packet.timestamp(), nowNanos);
        }
        if (nack != null) {
            nack.onPacket(extended, retransmitted, nowNanos);
            nack.gapsMayBeRepairs();
        }
        return extended;
    }

    private Arrival take(RtpPacket packet, boolean retransmitted, boolean tellsRtt, long nowNanos) {
        long before = sequence.highest();
        long extended = sequence.onPacket(packet.sequenceNumber(), retransmitted);
        if (extended == SourceSequence.OUTSIDE) {
            counters.tooOld().increment();
            return Arrival.TOO_OLD;
        }
        if (ring.get(extended) != null) {
            counters.duplicates().increment();
            return Arrival.DUPLICATE;
        }
        if (sequence.restarted()) {
            onRestart(extended, nowNanos);
        } else if (before != SourceSequence.OUTSIDE && extended > before) {
            counters.missing().add(extended - before - 1);
        }
        return accept(packet, extended, retransmitted, tellsRtt, nowNanos);
    }

    /** The extended sequence number of the last accepted packet; -1 before the first. */
    public long extendedSequence() {
        return extendedSequence;
    }

    /** The highest extended sequence number of all accepted packets; -1 before the first. */
    public long highestSequence() {
        return sequence.highest();
    }

    /**
     * A kept packet by its 16-bit number, borrowed; null if it never came or is gone. The number is
     * taken for the one nearest to the highest.
     */
    public @Nullable ByteBuf packetNumbered(int sequenceNumber) {
        long highest = sequence.highest();
        return highest == SourceSequence.OUTSIDE
                ? null
                : ring.get(highest + SequenceNumbers.distance((int) highest, sequenceNumber));
    }

    /** A kept packet, borrowed; null if it never came or is gone. */
    public @Nullable ByteBuf packet(long extendedSequence) {
        return ring.get(extendedSequence);
    }

    public void onSenderReport(SenderReport report, long nowNanos) {
        statistics.onSenderReport(report, nowNanos);
    }

    /** What a receiver report says of this stream now; each call begins a new interval. */
    public ReportBlock reportBlock(long nowNanos) {
        return statistics.reportBlock(nowNanos);
    }

    /** The loss, jitter and last sender report of the stream. */
    public ReceptionStatistics statistics() {
        return statistics;
    }

    /** The measured round trip to the publisher. */
    public void onRtt(long rttNanos, long nowNanos) {
        if (nack != null) {
            nack.onRtt(rttNanos, nowNanos);
        }
    }

    /** The round trip to the publisher as far as it is known; -1 when it is not. */
    public long rttNanos() {
        return nack == null ? -1 : nack.rttNanos();
    }

    /** When a retransmission last told the round trip; of no meaning before {@link #rttNanos}. */
    public long rttMeasuredNanos() {
        return nack == null ? 0 : nack.rttMeasuredNanos();
    }

    /** What was accepted so far. */
    public ReceiveTotals totals() {
        return new ReceiveTotals(
                packets,
                payloadBytes,
                headerBytes,
                retransmittedPackets,
                retransmittedBytes,
                markedPackets);
    }

    /** The last accepted packet starts a key frame: what is missing before it does not matter. */
    public void onKeyFrame() {
        if (nack != null) {
            nack.onKeyFrame(extendedSequence);
        }
    }

    public void onDeadline(long nowNanos, NackRequester.Sink out) {
        if (nack != null) {
            nack.onDeadline(nowNanos, out);
        }
    }

    public long nextDeadlineNanos() {
        return nack == null ? Deadline.NEVER : nack.nextDeadlineNanos();
    }

    /** Lets go of the kept packets; the stream takes no more. */
    public void release() {
        ring.clear();
    }

    private void onRestart(long extended, long nowNanos) {
        counters.restarts().increment();
        statistics.onRestart();
        if (nack != null) {
            nack.onRestart(extended, nowNanos);
        }
    }

    /** A copy of the right size: the receive buffer is borrowed, and larger than most packets. */
    private static ByteBuf copy(RtpPacket packet) {
        ByteBuf buffer = packet.buffer();
        ByteBuf kept = buffer.alloc().directBuffer(packet.sizeBytes());
        return kept.writeBytes(buffer, buffer.readerIndex(), packet.sizeBytes());
    }

    private Arrival accept(
            RtpPacket packet,
            long extended,
            boolean retransmitted,
            boolean tellsRtt,
            long nowNanos) {
        ring.put(extended, copy(packet));
        extendedSequence = extended;
        counters.packets().increment();
        counters.payloadBytes().add(packet.payloadSizeBytes());
        count(packet, retransmitted);
        if (!retransmitted) {
            statistics.onPacket(extended, packet.timestamp(), nowNanos);
        }
        boolean requested = nack != null && nack.onPacket(extended, tellsRtt, nowNanos);
        if (!requested && !retransmitted) {
            return Arrival.NEW;
        }
        counters.recovered().increment();
        return Arrival.RECOVERED;
    }

    private void count(RtpPacket packet, boolean retransmitted) {
        packets++;
        payloadBytes += packet.payloadSizeBytes();
        headerBytes += packet.sizeBytes() - packet.payloadSizeBytes();
        if (retransmitted) {
            retransmittedPackets++;
            retransmittedBytes += packet.payloadSizeBytes();
        }
        if (packet.marker()) {
            markedPackets++;
        }
    }
}
