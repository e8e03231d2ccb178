package dev.sluice.interop;

import dev.sluice.media.rtp.Codec;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes coded frames into an IVF file, for ffmpeg to decode. */
final class IvfFile {

    private IvfFile() {}

    static Path write(Path file, Codec codec, List<byte[]> frames) throws IOException {
        ByteBuf out = Unpooled.buffer();
        out.writeCharSequence("DKIF", StandardCharsets.US_ASCII);
        out.writeShortLE(0).writeShortLE(32);
        out.writeCharSequence(fourcc(codec), StandardCharsets.US_ASCII);
        out.writeShortLE(320).writeShortLE(180);
        out.writeIntLE(30).writeIntLE(1).writeIntLE(frames.size()).writeIntLE(0);
        for (int i = 0; i < frames.size(); i++) {
            out.writeIntLE(frames.get(i).length).writeLongLE(i).writeBytes(frames.get(i));
        }
        byte[] bytes = new byte[out.readableBytes()];
        out.readBytes(bytes);
        return Files.write(file, bytes);
    }

    private static String fourcc(Codec codec) {
        return switch (codec) {
            case VP8 -> "VP80";
            case VP9 -> "VP90";
            case AV1 -> "AV01";
            default -> throw new IllegalArgumentException("no IVF of " + codec);
        };
    }
}
