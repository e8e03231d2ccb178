package dev.sluice.server.session;

import dev.sluice.media.rtcp.RtcpCursor;

import io.netty.buffer.ByteBufAllocator;

/**
 * What sessions of one loop share.
 *
 * @param handshakes how many may be under way
 * @param mailbox for what other threads have to say to the loop
 * @param packets those that wait to be sent
 * @param runs what leaves together is gathered in these
 * @param rtcp goes over what a peer says
 */
public record LoopTools(
        HandshakeBudget handshakes,
        LoopCounters counters,
        Mailbox mailbox,
        ByteBufAllocator allocator,
        OutgoingPackets packets,
        SendRuns runs,
        RtcpCursor rtcp) {

    public LoopTools(
            HandshakeBudget handshakes,
            LoopCounters counters,
            Mailbox mailbox,
            ByteBufAllocator allocator,
            BatchSettings batching) {
        this(
                handshakes,
                counters,
                mailbox,
                allocator,
                new OutgoingPackets(),
                new SendRuns(batching),
                new RtcpCursor());
    }
}
