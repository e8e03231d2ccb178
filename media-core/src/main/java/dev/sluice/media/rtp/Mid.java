package dev.sluice.media.rtp;

import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;

/**
 * Which media section of the session description a packet belongs to: the identification tag of
 * {@code a=mid}, RFC 9143 section 15 (before that, RFC 8843). A token of RFC 8866 section 9, that
 * is printable ASCII without separators.
 *
 * <pre>
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+----
 *   | identification tag, 1 to 255 bytes, without a zero at its end
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+----
 * </pre>
 */
public final class Mid {

    private static final String SEPARATORS = "\"(),/:;<=>?@[\\]";

    private Mid() {}

    /** The tag, or null when the packet has none or its bytes are no token. Allocates the text. */
    public static @Nullable String read(RtpPacket packet, int id) {
        int at = ExtensionElement.index(packet, id);
        int size = ExtensionElement.sizeBytes(packet, id);
        ByteBuf buffer = packet.buffer();
        for (int i = 0; i < size; i++) {
            if (!isTokenChar(buffer.getUnsignedByte(at + i))) {
                return null;
            }
        }
        return size <= 0 ? null : buffer.toString(at, size, StandardCharsets.US_ASCII);
    }

    /** Whether the text can be a tag. */
    public static boolean isValid(String mid) {
        return !mid.isEmpty()
                && mid.length() <= TwoByteElements.MAX_SIZE_BYTES
                && mid.chars().allMatch(Mid::isTokenChar);
    }

    /**
     * Sets or adds the element; false where the header cannot take it.
     *
     * @throws IllegalArgumentException when the text is not {@link #isValid valid}
     */
    public static boolean put(RtpPacket packet, int id, String mid) {
        if (!isValid(mid)) {
            throw new IllegalArgumentException(
                    "MID '" + mid + "'; expected a token of 1 to 255 characters");
        }
        return ExtensionEditor.put(packet, id, mid.getBytes(StandardCharsets.US_ASCII));
    }

    private static boolean isTokenChar(int c) {
        return c > ' ' && c < 0x7F && SEPARATORS.indexOf(c) < 0;
    }
}
