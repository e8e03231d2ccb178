package dev.sluice.server.session;

import dev.sluice.media.buffer.PacketRing;
import dev.sluice.media.rtp.HeaderExtensionMap;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import org.jspecify.annotations.Nullable;

/** A packet that waits for its turn; objects are used again. */
final class OutgoingPacket {

    private static final PacketLayout NO_LAYOUT = PacketLayout.unknown(HeaderExtensionMap.EMPTY);

    private ByteBuf buffer = Unpooled.EMPTY_BUFFER;
    private PacketLayout layout = NO_LAYOUT;
    private boolean sealed;
    private boolean exact;
    private int probeId;
    private long releasedNanos;
    private @Nullable PacketRing ring;
    private long ringSequence;

    /** The buffer, owned by the packet until {@link OutgoingPackets#giveBack}. */
    ByteBuf buffer() {
        return buffer;
    }

    PacketLayout layout() {
        return layout;
    }

    int sizeBytes() {
        return buffer.readableBytes();
    }

    /** Whether its size may change before it is protected. */
    boolean mayBePadded() {
        return !exact && !sealed;
    }

    /** The pacer has let go of it. */
    void release(int ofProbeId, long nowNanos) {
        probeId = ofProbeId;
        releasedNanos = nowNanos;
    }

    /** The probe that it belongs to. */
    int probeId() {
        return probeId;
    }

    /** When the pacer let go of it. */
    long releasedNanos() {
        return releasedNanos;
    }

    /** Whether it is a datagram that was protected before. */
    boolean isSealed() {
        return sealed;
    }

    /** Keeps a copy of the protected datagram where that was asked for. */
    void keep() {
        if (ring != null) {
            ring.put(ringSequence, exactCopy(buffer));
        }
    }

    /** The packet's own buffer has room for any packet, however small this one is. */
    private static ByteBuf exactCopy(ByteBuf datagram) {
        int sizeBytes = datagram.readableBytes();
        ByteBuf copy = datagram.alloc().directBuffer(sizeBytes, sizeBytes);
        return copy.writeBytes(datagram, datagram.readerIndex(), sizeBytes);
    }

    /** Makes it a packet yet to be stamped and protected; takes the buffer. */
    OutgoingPacket of(ByteBuf datagram, PacketLayout itsLayout, boolean isExact) {
        buffer = datagram;
        layout = itsLayout;
        exact = isExact;
        sealed = false;
        ring = null;
        return this;
    }

    /** Lets the datagram be kept when it leaves. */
    OutgoingPacket keptIn(PacketRing datagrams, long sequence) {
        ring = datagrams;
        ringSequence = sequence;
        return this;
    }

    /** Makes it a datagram as it left before; takes the buffer. */
    OutgoingPacket ofSealed(ByteBuf datagram) {
        of(datagram, NO_LAYOUT, true);
        sealed = true;
        return this;
    }

    /** Forgets the buffer, which has passed to somebody else. */
    void forget() {
        buffer = Unpooled.EMPTY_BUFFER;
        ring = null;
    }
}
