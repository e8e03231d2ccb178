package dev.sluice.media.rtcp;

import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/**
 * SDES, RFC 3550 section 6.5: names of streams, above all the CNAME that ties the streams of one
 * clock together.
 *
 * <pre>
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |V=2|P|    SC   |  PT=SDES=202  |             length            |
 *   +=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+
 *   |                          SSRC/CSRC                            |  SC chunks
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |     type      |    length     | text ...                      |  items, then
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+  1 to 4 zeros
 * </pre>
 *
 * @param chunks at most 31
 */
public record SourceDescription(List<Chunk> chunks) implements SplittableRtcp {

    private static final int END_OF_ITEMS = 0;

    public SourceDescription {
        chunks = List.copyOf(chunks);
        RtcpHeader.requireCountable(chunks.size(), "chunks");
    }

    /** A description that names one stream. */
    public static SourceDescription ofCname(long ssrc, String cname) {
        return new SourceDescription(
                List.of(new Chunk(ssrc, List.of(new SdesItem.Text(SdesItem.CNAME, cname)))));
    }

    /** All that is said about one stream. */
    public record Chunk(long ssrc, List<SdesItem> items) {

        public Chunk {
            items = List.copyOf(items);
        }

        /** The first CNAME, or null when there is none. */
        public @Nullable String cname() {
            for (SdesItem item : items) {
                if (item instanceof SdesItem.Text(int type, String text)
                        && type == SdesItem.CNAME) {
                    return text;
                }
            }
            return null;
        }

        private int sizeBytes() {
            int items = this.items.stream().mapToInt(SdesItem::sizeBytes).sum();
            return RtcpHeader.wholeWords(4 + items + 1);
        }

        private void write(ByteBuf out) {
            int end = out.writerIndex() + sizeBytes();
            out.writeInt((int) ssrc);
            items.forEach(item -> item.write(out));
            out.writeZero(end - out.writerIndex());
        }
    }

    static @Nullable SourceDescription read(ByteBuf body, int count) {
        var chunks = new ArrayList<Chunk>(count);
        for (int i = 0; i < count; i++) {
            Chunk chunk = readChunk(body);
            if (chunk == null) {
                return null;
            }
            chunks.add(chunk);
        }
        return new SourceDescription(chunks);
    }

    private static @Nullable Chunk readChunk(ByteBuf body) {
        if (body.readableBytes() < 8) {
            return null;
        }
        long ssrc = body.readUnsignedInt();
        var items = new ArrayList<SdesItem>();
        while (body.isReadable()) {
            int type = body.readUnsignedByte();
            if (type == END_OF_ITEMS) {
                body.readerIndex(
                        Math.min(RtcpHeader.wholeWords(body.readerIndex()), body.writerIndex()));
                return new Chunk(ssrc, items);
            }
            SdesItem item = SdesItem.read(type, body);
            if (item == null) {
                return null;
            }
            items.add(item);
        }
        return null;
    }

    @Override
    public @Nullable RtcpSplit split(int maxSizeBytes) {
        return RtcpSplit.ofList(
                chunks,
                maxSizeBytes - RtcpHeader.SIZE_BYTES,
                Chunk::sizeBytes,
                SourceDescription::new);
    }

    @Override
    public int sizeBytes() {
        return RtcpHeader.SIZE_BYTES + chunks.stream().mapToInt(Chunk::sizeBytes).sum();
    }

    @Override
    public void write(ByteBuf out) {
        int start = RtcpHeader.begin(out, RtcpHeader.SOURCE_DESCRIPTION, chunks.size());
        chunks.forEach(chunk -> chunk.write(out));
        RtcpHeader.end(out, start);
    }
}
