package dev.sluice.server.session;

import dev.sluice.media.ice.NetworkPath;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;

/**
 * Media that came before its keys: a peer sends as soon as his side of the handshake is done, while
 * ours is still on its thread. It holds a client's first key frame and the probes by which he
 * measures his network.
 */
final class EarlyMedia {

    /** About what a client sends in the time of a handshake's last step. */
    private static final int MAX_DATAGRAMS = 128;

    /** A datagram and how it came. */
    record Datagram(ByteBuf buffer, NetworkPath path, long arrivalNanos) {}

    private final ByteBufAllocator allocator;
    private final ArrayDeque<Datagram> kept = new ArrayDeque<>();

    EarlyMedia(ByteBufAllocator allocator) {
        this.allocator = allocator;
    }

    /** Keeps a copy; false when there are too many. */
    boolean keep(ByteBuf datagram, NetworkPath path, long nowNanos) {
        if (kept.size() == MAX_DATAGRAMS) {
            return false;
        }
        ByteBuf copy = allocator.directBuffer(datagram.readableBytes());
        copy.writeBytes(datagram, datagram.readerIndex(), datagram.readableBytes());
        kept.addLast(new Datagram(copy, path, nowNanos));
        return true;
    }

    /** The oldest, which then belongs to the caller; null when there is none. */
    @Nullable Datagram take() {
        return kept.pollFirst();
    }

    void release() {
        kept.forEach(datagram -> datagram.buffer().release());
        kept.clear();
    }
}
