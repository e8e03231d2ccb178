package dev.sluice.server.session;

import io.netty.buffer.ByteBufAllocator;

/**
 * What sessions of one loop share.
 *
 * @param handshakes how many may be under way
 * @param mailbox for what other threads have to say to the loop
 * @param packets those that wait to be sent
 */
public record LoopTools(
        HandshakeBudget handshakes,
        LoopCounters counters,
        Mailbox mailbox,
        ByteBufAllocator allocator,
        OutgoingPackets packets) {

    public LoopTools(
            HandshakeBudget handshakes,
            LoopCounters counters,
            Mailbox mailbox,
            ByteBufAllocator allocator) {
        this(handshakes, counters, mailbox, allocator, new OutgoingPackets());
    }
}
