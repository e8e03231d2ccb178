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
        return size > body.readableBytes() ? null : readUncounted(body, size);
    }

    /**
     * Reads a text of a known size. What is not UTF-8 becomes question marks, so that the text
     * takes no more bytes than it had and can be written again.
     */
    static String readUncounted(ByteBuf body, int sizeBytes) {
        String text = body.readCharSequence(sizeBytes, StandardCharsets.UTF_8).toString();
        return ByteBufUtil.utf8Bytes(text) == sizeBytes ? text : text.replace('\uFFFD', '?');
    }

    static void write(ByteBuf out, String text) {
        int size = ByteBufUtil.utf8Bytes(text);
        requireFits(size);
        out.writeByte(size);
        writeUncounted(out, text);
    }

    static void writeUncounted(ByteBuf out, String text) {
        ByteBufUtil.writeUtf8(out, text);
    }

    static void requireFits(int sizeBytes) {
        if (sizeBytes > MAX_SIZE_BYTES) {
            throw new IllegalArgumentException(
                    "Text of " + sizeBytes + " bytes; at most " + MAX_SIZE_BYTES + " fit");
        }
    }

    static int sizeBytes(String text) {
        return 1 + ByteBufUtil.utf8Bytes(text);
    }
}
