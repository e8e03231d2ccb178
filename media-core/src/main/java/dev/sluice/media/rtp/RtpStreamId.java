package dev.sluice.media.rtp;

import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;

/**
 * Which stream of a media source a packet belongs to ({@code a=rid}), and, as the extension of
 * another name but the same form, which stream a retransmission repairs: RFC 8852 sections 3.1 and
 * 3.2. Only letters and digits of ASCII are allowed (section 3).
 *
 * <pre>
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+----
 *   | RtpStreamId or RepairedRtpStreamId, 1 to 255 bytes
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+----
 * </pre>
 */
public final class RtpStreamId {

    private RtpStreamId() {}

    /** The id, or null when the packet has none or other bytes are in it. Allocates the text. */
    public static @Nullable String read(RtpPacket packet, int id) {
        int at = ExtensionElement.index(packet, id);
        int size = ExtensionElement.sizeBytes(packet, id);
        ByteBuf buffer = packet.buffer();
        for (int i = 0; i < size; i++) {
            if (!isAlphanumeric(buffer.getUnsignedByte(at + i))) {
                return null;
            }
        }
        return size <= 0 ? null : buffer.toString(at, size, StandardCharsets.US_ASCII);
    }

    /** Whether the text can be an id. */
    public static boolean isValid(String rid) {
        return !rid.isEmpty()
                && rid.length() <= TwoByteElements.MAX_SIZE_BYTES
                && rid.chars().allMatch(RtpStreamId::isAlphanumeric);
    }

    /**
     * Sets or adds the element; false where the header cannot take it.
     *
     * @throws IllegalArgumentException when the text is not {@link #isValid valid}
     */
    public static boolean put(RtpPacket packet, int id, String rid) {
        if (!isValid(rid)) {
            throw new IllegalArgumentException(
                    "RID '" + rid + "'; expected 1 to 255 ASCII letters and digits");
        }
        return ExtensionEditor.put(packet, id, rid.getBytes(StandardCharsets.US_ASCII));
    }

    private static boolean isAlphanumeric(int c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    }
}
