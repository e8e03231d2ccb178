package dev.sluice.media.rtcp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;

/**
 * UTF-8 text behind a byte that counts its bytes, as SDES items and BYE carry it (RFC 3550 section
 * 6.5).
 */
final class RtcpText {

    private static final int MAX_SIZE_BYTES = 255;

    private RtcpText() {}

    /** Reads count and text, or gives null when the body ends before them. */
    static @Nullable String read(ByteBuf body) {
        if (!body.isReadable()) {
            return null;
        }
        int size = body.readUnsignedByte();
        return size > body.readableBytes()
                ? null
                : body.readCharSequence(size, StandardCharsets.UTF_8).toString();
    }

    static void write(ByteBuf out, String text) {
        int size = ByteBufUtil.utf8Bytes(text);
        if (size > MAX_SIZE_BYTES) {
            throw new IllegalArgumentException(
                    "Text of " + size + " bytes; at most " + MAX_SIZE_BYTES + " fit");
        }
        out.writeByte(size);
        ByteBufUtil.writeUtf8(out, text);
    }

    static int sizeBytes(String text) {
        return 1 + ByteBufUtil.utf8Bytes(text);
    }
}
