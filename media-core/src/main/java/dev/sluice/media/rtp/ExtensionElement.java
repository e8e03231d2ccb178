package dev.sluice.media.rtp;

import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;

/**
 * One element of a packet's header extension, found by its id, RFC 8285 section 4: where its data
 * is, what stands in it, and other data of the same size in its place.
 *
 * <p>Of elements with the same id it is the first. {@link ExtensionEditor} adds elements and takes
 * them out.
 */
public final class ExtensionElement {

    private static final int ABSENT = -1;

    private ExtensionElement() {}

    /** The absolute index of the data, or -1 when the packet has no element with this id. */
    public static int index(RtpPacket packet, int id) {
        ExtensionForm form = ExtensionForm.of(packet);
        int head = form.find(packet, id);
        return head < 0 ? ABSENT : head + form.headSizeBytes();
    }

    /** The absolute index of data of exactly this size, or -1. */
    static int index(RtpPacket packet, int id, int sizeBytes) {
        ExtensionForm form = ExtensionForm.of(packet);
        int head = form.find(packet, id);
        return head < 0 || form.sizeBytes(packet.buffer(), head) != sizeBytes
                ? ABSENT
                : head + form.headSizeBytes();
    }

    /** Of the data (0 is possible in the two-byte form), or -1 when the element is absent. */
    public static int sizeBytes(RtpPacket packet, int id) {
        ExtensionForm form = ExtensionForm.of(packet);
        int head = form.find(packet, id);
        return head < 0 ? ABSENT : form.sizeBytes(packet.buffer(), head);
    }

    /** Data of 1 to 3 bytes as an unsigned number, or -1 when it is absent or of another size. */
    public static int unsigned(RtpPacket packet, int id, int sizeBytes) {
        int data = index(packet, id, sizeBytes);
        if (data < 0) {
            return ABSENT;
        }
        ByteBuf buffer = packet.buffer();
        return switch (sizeBytes) {
            case 1 -> buffer.getUnsignedByte(data);
            case 2 -> buffer.getUnsignedShort(data);
            case 3 -> buffer.getUnsignedMedium(data);
            default -> throw noSuchNumber(sizeBytes);
        };
    }

    /** Overwrites data of 1 to 3 bytes; false when it is absent or of another size. */
    public static boolean overwrite(RtpPacket packet, int id, int sizeBytes, int value) {
        int data = index(packet, id, sizeBytes);
        if (data < 0) {
            return false;
        }
        ByteBuf buffer = packet.buffer();
        switch (sizeBytes) {
            case 1 -> buffer.setByte(data, value);
            case 2 -> buffer.setShort(data, value);
            case 3 -> buffer.setMedium(data, value);
            default -> throw noSuchNumber(sizeBytes);
        }
        return true;
    }

    private static IllegalArgumentException noSuchNumber(int sizeBytes) {
        return new IllegalArgumentException("sizeBytes is " + sizeBytes + ", not 1 to 3");
    }

    /** Data as text (MID, RID), or null when it is absent or empty. Allocates the text. */
    public static @Nullable String text(RtpPacket packet, int id) {
        int size = sizeBytes(packet, id);
        return size <= 0
                ? null
                : packet.buffer().toString(index(packet, id), size, StandardCharsets.UTF_8);
    }
}
