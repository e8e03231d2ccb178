package dev.sluice.media.rtcp;

import io.netty.buffer.ByteBuf;

import java.util.ArrayList;
import java.util.List;

/**
 * DLRR, RFC 3611 section 4.5: the answer of a sender to {@link ReceiverReferenceTimeBlock}s.
 *
 * <pre>
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |     BT=5      |   reserved    |         block length          |
 *   +=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+
 *   |                      SSRC of the receiver                     |  none or more
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |                         last RR (LRR)                         |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |                   delay since last RR (DLRR)                  |
 *   +=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+
 * </pre>
 */
public record DlrrBlock(List<Entry> entries) implements XrBlock {

    static final int TYPE = 5;
    static final int ENTRY_SIZE_BYTES = 12;

    public DlrrBlock {
        entries = List.copyOf(entries);
    }

    /**
     * The answer to one receiver.
     *
     * @param ssrc who sent the reference time
     * @param lastReceiverReport the compact NTP time of it, 0 when there was none
     * @param delaySinceLastReceiverReport in 1/65536 s, 0 when there was none
     */
    public record Entry(long ssrc, long lastReceiverReport, long delaySinceLastReceiverReport) {}

    static DlrrBlock read(ByteBuf content) {
        var entries = new ArrayList<Entry>(content.readableBytes() / ENTRY_SIZE_BYTES);
        while (content.isReadable()) {
            entries.add(
                    new Entry(
                            content.readUnsignedInt(),
                            content.readUnsignedInt(),
                            content.readUnsignedInt()));
        }
        return new DlrrBlock(entries);
    }

    @Override
    public int blockType() {
        return TYPE;
    }

    @Override
    public int sizeBytes() {
        return HEAD_SIZE_BYTES + entries.size() * ENTRY_SIZE_BYTES;
    }

    @Override
    public void write(ByteBuf out) {
        XrBlock.writeHead(out, TYPE, 0, entries.size() * ENTRY_SIZE_BYTES);
        for (Entry entry : entries) {
            out.writeInt((int) entry.ssrc);
            out.writeInt((int) entry.lastReceiverReport);
            out.writeInt((int) entry.delaySinceLastReceiverReport);
        }
    }
}
