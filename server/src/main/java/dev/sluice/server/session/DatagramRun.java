package dev.sluice.server.session;

import io.netty.buffer.ByteBuf;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Datagrams to one peer that the kernel can take as one: all of one size, but for the last, which
 * may be shorter. Reusable; who is given one takes the buffers out of it.
 */
public final class DatagramRun {

    private final List<ByteBuf> datagrams = new ArrayList<>();
    private int segmentBytes;
    private int bytes;

    /** Takes the buffer. */
    public void add(ByteBuf datagram) {
        int size = datagram.readableBytes();
        datagrams.add(datagram);
        segmentBytes = Math.max(segmentBytes, size);
        bytes += size;
    }

    public int size() {
        return datagrams.size();
    }

    /** One of the datagrams, still owned by the run. */
    public ByteBuf get(int place) {
        return datagrams.get(place);
    }

    /** The size of each but the last. */
    public int segmentBytes() {
        return segmentBytes;
    }

    /** Of all of them. */
    public int bytes() {
        return bytes;
    }

    /** Gives each away in its order, and forgets them. */
    public void drainTo(Consumer<ByteBuf> out) {
        for (int i = 0; i < datagrams.size(); i++) {
            out.accept(datagrams.get(i));
        }
        forget();
    }

    /** Forgets the datagrams, whose buffers have passed to somebody else. */
    public void forget() {
        datagrams.clear();
        segmentBytes = 0;
        bytes = 0;
    }

    /** Lets go of the datagrams, unsent. */
    public void release() {
        drainTo(datagram -> datagram.release());
    }
}
