package dev.sluice.media.rtcp;

import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/**
 * FIR, RFC 5104 section 4.3.1: a command to send key frames.
 *
 * <pre>
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |V=2|P|  FMT=4  |  PT=PSFB=206  |          length               |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |                  SSRC of packet sender                        |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |                  SSRC of media source, not used: 0            |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |                              SSRC                             |  1 or more
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   | Seq nr.       |    Reserved                                   |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 *
 * @param senderSsrc who commands
 * @param entries one for each stream that is to have a key frame
 */
public record FullIntraRequest(long senderSsrc, List<Entry> entries) implements SplittableRtcp {

    static final int FORMAT = 4;

    private static final int ENTRY_SIZE_BYTES = 8;

    public FullIntraRequest {
        entries = List.copyOf(entries);
    }

    /**
     * A command to one stream.
     *
     * @param commandSequence 0 to 255; one with the number of the last is a repetition, not a new
     *     command
     */
    public record Entry(long ssrc, int commandSequence) {}

    static @Nullable FullIntraRequest read(ByteBuf body) {
        if (body.readableBytes() < 8 + ENTRY_SIZE_BYTES) {
            return null;
        }
        long senderSsrc = body.readUnsignedInt();
        body.skipBytes(4);
        var entries = new ArrayList<Entry>();
        while (body.readableBytes() >= ENTRY_SIZE_BYTES) {
            entries.add(new Entry(body.readUnsignedInt(), body.readUnsignedByte()));
            body.skipBytes(3);
        }
        return new FullIntraRequest(senderSsrc, entries);
    }

    @Override
    public @Nullable RtcpSplit split(int maxSizeBytes) {
        return RtcpSplit.ofList(
                entries,
                maxSizeBytes - RtcpHeader.FEEDBACK_HEAD_SIZE_BYTES,
                _ -> ENTRY_SIZE_BYTES,
                part -> new FullIntraRequest(senderSsrc, part));
    }

    @Override
    public int sizeBytes() {
        return RtcpHeader.FEEDBACK_HEAD_SIZE_BYTES + entries.size() * ENTRY_SIZE_BYTES;
    }

    @Override
    public void write(ByteBuf out) {
        int start =
                RtcpHeader.beginFeedback(
                        out, RtcpHeader.PAYLOAD_SPECIFIC_FEEDBACK, FORMAT, senderSsrc, 0);
        for (Entry entry : entries) {
            out.writeInt((int) entry.ssrc);
            out.writeByte(entry.commandSequence);
            out.writeMedium(0);
        }
        RtcpHeader.end(out, start);
    }
}
