package dev.sluice.media.rtcp;

import io.netty.buffer.ByteBuf;

/** Appends packets to one compound packet for as long as they fit a datagram. */
public final class RtcpWriter {

    private final ByteBuf out;
    private final int start;
    private final int maxSizeBytes;

    /**
     * @param out is written from its writer index on
     * @param maxSizeBytes of the whole compound; leave room for what SRTCP adds
     */
    public RtcpWriter(ByteBuf out, int maxSizeBytes) {
        this.out = out;
        this.start = out.writerIndex();
        this.maxSizeBytes = maxSizeBytes;
    }

    /** Appends a packet whole; false, with nothing written, when it does not fit any more. */
    public boolean append(WritableRtcp packet) {
        if (sizeBytes() + packet.sizeBytes() > maxSizeBytes) {
            return false;
        }
        packet.write(out);
        return true;
    }

    /** Written so far. */
    public int sizeBytes() {
        return out.writerIndex() - start;
    }
}
