package dev.sluice.server.session;

import io.netty.buffer.ByteBufAllocator;

/**
 * What sessions of one loop share.
 *
 * @param handshakes how many may be under way
 * @param mailbox for what other threads have to say to the loop
 * @param packets those that wait to be sent
 * @param runs what leaves together is gathered in these
 */
public record LoopTools(
        HandshakeBudget handshakes,
        LoopCounters counters,
        Mailbox mailbox,
        ByteBufAllocator allocator,
        OutgoingPackets packets,
        SendRuns runs) {

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
                new SendRuns(batching));
    }
}
