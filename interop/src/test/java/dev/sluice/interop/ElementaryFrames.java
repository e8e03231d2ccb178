package dev.sluice.interop;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Coded frames out of files that ffmpeg wrote. */
final class ElementaryFrames {

    /**
     * The start code and first byte of an access unit delimiter, as libx264 and libx265 write it.
     */
    static final byte[] H264_DELIMITER = HexFormat.of().parseHex("0000000109");

    static final byte[] H265_DELIMITER = HexFormat.of().parseHex("0000000146");

    private static final int IVF_HEADER_BYTES = 32;
    private static final int IVF_FRAME_HEADER_BYTES = 12;

    private ElementaryFrames() {}

    /** The frames of an IVF file: a header, then size (little-endian), time and data of each. */
    static List<ByteBuf> ivf(Path file) throws IOException {
        ByteBuf all = Unpooled.wrappedBuffer(Files.readAllBytes(file)).skipBytes(IVF_HEADER_BYTES);
        List<ByteBuf> frames = new ArrayList<>();
        while (all.isReadable()) {
            int sizeBytes = all.getIntLE(all.readerIndex());
            all.skipBytes(IVF_FRAME_HEADER_BYTES);
            frames.add(all.readSlice(sizeBytes));
        }
        return frames;
    }

    /**
     * The access units of an Annex B stream, each of which begins with a delimiter. Every start
     * code gets 4 bytes: their length carries no meaning and does not survive RTP.
     */
    static List<ByteBuf> annexB(Path file, byte[] delimiter) throws IOException {
        ByteBuf all = withLongStartCodes(Unpooled.wrappedBuffer(Files.readAllBytes(file)));
        ByteBuf start = Unpooled.wrappedBuffer(delimiter);
        List<ByteBuf> frames = new ArrayList<>();
        while (all.isReadable()) {
            int next = indexOf(start, all, all.readerIndex() + delimiter.length);
            frames.add(all.readSlice(next - all.readerIndex()));
        }
        return frames;
    }

    private static ByteBuf withLongStartCodes(ByteBuf stream) {
        ByteBuf out = Unpooled.buffer();
        for (int i = 0; i < stream.readableBytes(); i++) {
            boolean startCode = i + 2 < stream.readableBytes() && stream.getMedium(i) == 1;
            if (startCode && (i == 0 || stream.getByte(i - 1) != 0)) {
                out.writeByte(0);
            }
            out.writeByte(stream.getByte(i));
        }
        return out;
    }

    private static int indexOf(ByteBuf start, ByteBuf all, int from) {
        for (int i = from; i + start.readableBytes() <= all.writerIndex(); i++) {
            if (all.slice(i, start.readableBytes()).equals(start)) {
                return i;
            }
        }
        return all.writerIndex();
    }
}
