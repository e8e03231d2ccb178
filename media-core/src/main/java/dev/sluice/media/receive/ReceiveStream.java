package dev.sluice.media.receive;

import dev.sluice.media.buffer.PacketRing;
import dev.sluice.media.rtcp.ReportBlock;
import dev.sluice.media.rtcp.SenderReport;
import dev.sluice.media.rtp.RtpPacket;
import dev.sluice.media.seq.SequenceNumbers;
import dev.sluice.media.seq.SequenceUnwrapper;
import dev.sluice.media.time.Deadline;
import dev.sluice.media.time.NtpTime;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

import org.jspecify.annotations.Nullable;

/**
 * One media SSRC that is received: numbers, losses, and the packets kept for those who miss them.
 */
public final class ReceiveStream {

    /** RFC 3550 A.1: a jump forward of this much may be a restart of the source. */
    private static final int MAX_DROPOUT = 3000;

    /** A packet may be late by as much as the ring remembers. */
    private final int ringPackets;

    private final long ssrc;
    private final boolean nacks;
    private final ByteBufAllocator allocator;
    private final PacketRing ring;
    private final ReceptionStatistics statistics;
    private final NackRequester missing = new NackRequester();
    private SequenceUnwrapper unwrapper = new SequenceUnwrapper();
    private @Nullable SenderReport senderReport;
    private long senderReportNanos;
    private long sequenceBase;
    private long highestSequence = -1;
    private long extendedSequence;
    private int probableRestart = -1;

    /** What became of a packet. */
    public enum Outcome {
        NEW,
        /** It was missing and came as a retransmission. */
        RECOVERED,
        DUPLICATE,
        /** Older than what is kept, or a jump that no second packet confirms. */
        TOO_OLD
    }

    /**
     * @param nacks whether missing packets are asked for
     * @param ringPackets packets kept, a power of two
     */
    public ReceiveStream(
            long ssrc,
            int clockRateHz,
            boolean nacks,
            int ringPackets,
            ByteBufAllocator allocator) {
        this.ssrc = ssrc;
        this.nacks = nacks;
        this.ringPackets = ringPackets;
        this.allocator = allocator;
        this.ring = new PacketRing(ringPackets);
        this.statistics = new ReceptionStatistics(clockRateHz);
    }

    /** Takes an authentic packet and keeps a copy of it; the packet is borrowed. */
    public Outcome onPacket(RtpPacket packet, boolean retransmitted, long nowNanos) {
        int sequence = packet.sequenceNumber();
        if (highestSequence >= 0 && isJump(sequence, retransmitted)) {
            return Outcome.TOO_OLD;
        }
        long extended = sequenceBase + unwrapper.unwrap(sequence);
        if (extended <= highestSequence - ringPackets) {
            return Outcome.TOO_OLD;
        }
        if (ring.get(extended) != null) {
            return Outcome.DUPLICATE;
        }
        accept(packet, extended, retransmitted, nowNanos);
        return retransmitted ? Outcome.RECOVERED : Outcome.NEW;
    }

    private void accept(RtpPacket packet, long extended, boolean retransmitted, long nowNanos) {
        extendedSequence = extended;
        highestSequence = Math.max(highestSequence, extended);
        statistics.onPacket(extended, packet.timestamp(), retransmitted, nowNanos);
        if (nacks) {
            missing.onPacket(extended, nowNanos);
        }
        // A copy of the right size: the receive buffer is shared by a whole batch.
        ByteBuf kept = allocator.directBuffer(packet.sizeBytes());
        kept.writeBytes(packet.buffer(), packet.buffer().readerIndex(), packet.sizeBytes());
        ring.put(extended, kept);
    }

    /** Whether the packet is far off; two in a row with a jump mean that the source began anew. */
    private boolean isJump(int sequence, boolean retransmitted) {
        int distance = SequenceNumbers.distance((int) (highestSequence & 0xFFFF), sequence);
        if (distance < MAX_DROPOUT && distance > -ringPackets) {
            probableRestart = -1;
            return false;
        }
        if (retransmitted || sequence != probableRestart) {
            probableRestart = retransmitted ? probableRestart : (sequence + 1) & 0xFFFF;
            return true;
        }
        restart();
        return false;
    }

    /** Numbers go on above the old ones, so that they never repeat. */
    private void restart() {
        probableRestart = -1;
        statistics.restart();
        missing.restart();
        sequenceBase = (highestSequence | 0xFFFF) + 1 + ringPackets;
        unwrapper = new SequenceUnwrapper();
    }

    public long ssrc() {
        return ssrc;
    }

    /** The number of the packet that was accepted last, without the wrap. */
    public long extendedSequence() {
        return extendedSequence;
    }

    /** The kept packets by extended sequence number. */
    public PacketRing ring() {
        return ring;
    }

    public void onSenderReport(SenderReport report, long nowNanos) {
        senderReport = report;
        senderReportNanos = nowNanos;
    }

    public @Nullable SenderReport lastSenderReport() {
        return senderReport;
    }

    /** When the last sender report arrived. */
    public long lastSenderReportNanos() {
        return senderReportNanos;
    }

    /** The round trip to the sender, where one is known, in nanoseconds. */
    public void onRtt(long rttNanos) {
        missing.onRtt(rttNanos);
    }

    /** What a receiver report says of the stream; begins the next interval. */
    public ReportBlock reportBlock(long nowNanos) {
        SenderReport report = senderReport;
        if (report == null) {
            return statistics.report(ssrc, 0, 0);
        }
        return statistics.report(
                ssrc,
                NtpTime.compact(report.ntpTime()),
                NtpTime.nanosToCompact(nowNanos - senderReportNanos));
    }

    /** Packets lost by the last report. */
    public long cumulativeLost() {
        return statistics.cumulativeLostAtLastReport();
    }

    public void onDeadline(long nowNanos, NackRequester.Sink out) {
        missing.onDeadline(nowNanos, out);
    }

    public long nextDeadlineNanos() {
        return nacks ? missing.nextDeadlineNanos() : Deadline.NEVER;
    }

    /** Frees the kept packets. */
    public void release() {
        ring.clear();
    }
}
