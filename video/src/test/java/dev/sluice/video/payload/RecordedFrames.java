package dev.sluice.video.payload;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The frames of an IVF file among the resources: 32 bytes, then size, time and bytes of each. */
public final class RecordedFrames {

    private static final int FILE_HEADER_BYTES = 32;
    private static final int FRAME_HEADER_BYTES = 12;

    private RecordedFrames() {}

    /** The frames of a file beside this class, over heap memory that needs no release. */
    public static List<ByteBuf> of(String fileName) {
        try (InputStream file =
                Objects.requireNonNull(
                        RecordedFrames.class.getResourceAsStream(fileName), fileName)) {
            return frames(Unpooled.wrappedBuffer(file.readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<ByteBuf> frames(ByteBuf ivf) {
        List<ByteBuf> frames = new ArrayList<>();
        int index = FILE_HEADER_BYTES;
        while (index < ivf.writerIndex()) {
            int sizeBytes = ivf.getIntLE(index);
            frames.add(ivf.slice(index + FRAME_HEADER_BYTES, sizeBytes));
            index += FRAME_HEADER_BYTES + sizeBytes;
        }
        return frames;
    }
}
