package dev.sluice.media.rtp;

import io.netty.buffer.ByteBuf;

/**
 * Puts elements into a packet's header extension and takes them out, in place: the block is closed
 * up, grows or shrinks by whole words, and the payload moves with it.
 *
 * <p>What the block had besides elements (padding between them, bytes behind the stop id, an
 * element that passes the end) does not survive a change of size. A block of the one-byte form
 * turns into the two-byte form when the new element needs it, never back.
 */
public final class ExtensionEditor {

    private ExtensionEditor() {}

    /**
     * Makes room for an element's data and returns its absolute index. An element of that size
     * stays where it is with its data; otherwise it is put in, zeroed, behind the others. -1, with
     * nothing changed, when the block is of another profile or the buffer cannot grow.
     *
     * @param id 1 to 255; the one-byte form carries 1 to 14
     * @param sizeBytes 0 to 255; the one-byte form carries 1 to 16
     */
    public static int reserve(RtpPacket packet, int id, int sizeBytes) {
        ExtensionForm.requireAny(id, sizeBytes);
        int data = ExtensionElement.index(packet, id, sizeBytes);
        if (data >= 0) {
            return data;
        }
        int profile =
                packet.hasExtension() ? packet.extensionProfile() : ExtensionForm.ONE_BYTE_PROFILE;
        boolean isEditable = ExtensionForm.ofProfile(profile) != ExtensionForm.OTHER;
        return isEditable ? replace(packet, profile, id, sizeBytes) : -1;
    }

    /** Takes out what there is with this id, and makes room for an element behind the others. */
    private static int replace(RtpPacket packet, int profile, int id, int sizeBytes) {
        ExtensionForm form = ExtensionForm.ofProfile(profile);
        boolean widens = !form.fits(id, sizeBytes);
        int kept = keptCount(packet, id);
        int keptSizeBytes = keptSizeBytes(packet, id) + (widens ? kept : 0);
        int headSizeBytes = widens ? 2 : form.headSizeBytes();
        int size = words(keptSizeBytes + headSizeBytes + sizeBytes);
        if (!ExtensionBlock.canResize(packet, size)) {
            return -1;
        }
        int elementsEnd = closeUp(packet, id);
        ExtensionBlock.resize(packet, widens ? ExtensionForm.TWO_BYTE_PROFILE : profile, size);
        if (widens) {
            widen(packet, elementsEnd, kept);
        }
        return appendHead(packet, keptSizeBytes, id, sizeBytes);
    }

    /** Sets or adds an element as {@link #reserve} does; false where that gives -1. */
    public static boolean put(RtpPacket packet, int id, byte[] data) {
        int at = reserve(packet, id, data.length);
        if (at >= 0) {
            packet.buffer().setBytes(at, data);
        }
        return at >= 0;
    }

    /** The same with data out of a buffer that is not this packet's. */
    public static boolean put(RtpPacket packet, int id, ByteBuf source, int index, int sizeBytes) {
        int at = reserve(packet, id, sizeBytes);
        if (at >= 0) {
            packet.buffer().setBytes(at, source, index, sizeBytes);
        }
        return at >= 0;
    }

    /** The same with the lowest bytes of a number, 1 to 8 of them. */
    public static boolean put(RtpPacket packet, int id, int sizeBytes, long value) {
        if (sizeBytes < 1 || sizeBytes > Long.BYTES) {
            throw new IllegalArgumentException("sizeBytes is " + sizeBytes + ", not 1 to 8");
        }
        int at = reserve(packet, id, sizeBytes);
        for (int i = 0; at >= 0 && i < sizeBytes; i++) {
            packet.buffer().setByte(at + i, (int) (value >>> (8 * (sizeBytes - 1 - i))));
        }
        return at >= 0;
    }

    /** Takes out all elements with this id, and the block with the last one; false without any. */
    public static boolean remove(RtpPacket packet, int id) {
        if (ExtensionElement.index(packet, id) < 0) {
            return false;
        }
        int keptSizeBytes = keptSizeBytes(packet, id);
        int profile = packet.extensionProfile();
        closeUp(packet, id);
        ExtensionBlock.resize(packet, profile, words(keptSizeBytes));
        zero(packet, packet.extensionIndex() + keptSizeBytes);
        return true;
    }

    private static int words(int sizeBytes) {
        return (sizeBytes + 3) & ~3;
    }

    private static int keptCount(RtpPacket packet, int droppedId) {
        ExtensionForm form = ExtensionForm.of(packet);
        ByteBuf buffer = packet.buffer();
        int end = packet.extensionIndex() + packet.extensionSizeBytes();
        int count = 0;
        int head = form.next(buffer, packet.extensionIndex(), end);
        while (head >= 0) {
            count += form.id(buffer, head) == droppedId ? 0 : 1;
            head = form.next(buffer, behind(form, buffer, head), end);
        }
        return count;
    }

    private static int keptSizeBytes(RtpPacket packet, int droppedId) {
        ExtensionForm form = ExtensionForm.of(packet);
        ByteBuf buffer = packet.buffer();
        int end = packet.extensionIndex() + packet.extensionSizeBytes();
        int sizeBytes = 0;
        int head = form.next(buffer, packet.extensionIndex(), end);
        while (head >= 0) {
            int behind = behind(form, buffer, head);
            sizeBytes += form.id(buffer, head) == droppedId ? 0 : behind - head;
            head = form.next(buffer, behind, end);
        }
        return sizeBytes;
    }

    private static int behind(ExtensionForm form, ByteBuf buffer, int head) {
        return head + form.headSizeBytes() + form.sizeBytes(buffer, head);
    }

    /** Moves the elements that stay to the block's start; the index behind the last of them. */
    private static int closeUp(RtpPacket packet, int droppedId) {
        ExtensionForm form = ExtensionForm.of(packet);
        ByteBuf buffer = packet.buffer();
        int end = packet.extensionIndex() + packet.extensionSizeBytes();
        int to = packet.extensionIndex();
        int head = form.next(buffer, to, end);
        while (head >= 0) {
            int behind = behind(form, buffer, head);
            if (form.id(buffer, head) != droppedId) {
                ByteShift.move(buffer, head, to, behind - head);
                to += behind - head;
            }
            head = form.next(buffer, behind, end);
        }
        return to;
    }

    /**
     * Gives elements that stand closed up at the block's start heads of two bytes: first they move
     * right by one byte each, then each goes to its place, which no longer passes the ones to come.
     */
    private static void widen(RtpPacket packet, int elementsEnd, int count) {
        ByteBuf buffer = packet.buffer();
        int to = packet.extensionIndex();
        int from = to + count;
        ByteShift.move(buffer, to, from, elementsEnd - to);
        for (int i = 0; i < count; i++) {
            int id = ExtensionForm.ONE_BYTE.id(buffer, from);
            int sizeBytes = ExtensionForm.ONE_BYTE.sizeBytes(buffer, from);
            buffer.setByte(to, id);
            buffer.setByte(to + 1, sizeBytes);
            ByteShift.move(buffer, from + 1, to + 2, sizeBytes);
            from += 1 + sizeBytes;
            to += 2 + sizeBytes;
        }
    }

    private static int appendHead(RtpPacket packet, int offset, int id, int sizeBytes) {
        ByteBuf buffer = packet.buffer();
        int head = packet.extensionIndex() + offset;
        zero(packet, head);
        if (ExtensionForm.of(packet) == ExtensionForm.ONE_BYTE) {
            buffer.setByte(head, (id << 4) | (sizeBytes - 1));
            return head + 1;
        }
        buffer.setByte(head, id);
        buffer.setByte(head + 1, sizeBytes);
        return head + 2;
    }

    /** From the index to the end of the block. */
    private static void zero(RtpPacket packet, int index) {
        int end = packet.extensionIndex() + packet.extensionSizeBytes();
        for (int i = index; i < end; i++) {
            packet.buffer().setByte(i, 0);
        }
    }
}
