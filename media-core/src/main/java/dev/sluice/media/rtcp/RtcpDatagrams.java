package dev.sluice.media.rtcp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

import java.util.List;
import java.util.function.Consumer;

/** Writes what is sent to a peer into datagrams that any path carries, to be protected there. */
public final class RtcpDatagrams {

    private static final int MTU_BYTES = 1200;

    /** Room for a datagram and its SRTCP index and tag. */
    private static final int CAPACITY_BYTES = MTU_BYTES + 64;

    private final ByteBufAllocator allocator;
    private final CompoundPacker packer;

    /**
     * @param reducedSize whether both sides have agreed on RFC 5506
     * @param reportSsrc who sends a report where there is nothing to report
     * @param cname named in each compound
     * @throws IllegalArgumentException when the CNAME has no room in a datagram
     */
    public RtcpDatagrams(
            ByteBufAllocator allocator, boolean reducedSize, long reportSsrc, String cname) {
        this.allocator = allocator;
        this.packer =
                reducedSize
                        ? CompoundPacker.reducedSize(MTU_BYTES)
                        : CompoundPacker.compound(
                                MTU_BYTES,
                                reportSsrc,
                                SourceDescription.ofCname(reportSsrc, cname));
    }

    /**
     * Writes the packets into one datagram, or into several where they do not fit.
     *
     * @param out takes each datagram over
     * @throws IllegalArgumentException when a packet fits no datagram and cannot be divided
     */
    public void write(List<? extends WritableRtcp> packets, Consumer<ByteBuf> out) {
        for (List<WritableRtcp> datagram : packer.pack(packets)) {
            ByteBuf written = allocator.directBuffer(CAPACITY_BYTES);
            datagram.forEach(packet -> packet.write(written));
            out.accept(written);
        }
    }
}
