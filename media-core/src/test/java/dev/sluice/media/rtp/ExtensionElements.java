package dev.sluice.media.rtp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * Walks over the header extension elements of a packet in their order, RFC 8285 section 4: {@link
 * #wrap}, then {@link #next} until it is false. Reusable; allocates nothing.
 *
 * <p>The walk ends where the RFC says so (id 15 of the one-byte form) and before an element that
 * would pass the end of the block. A change of the header makes it void.
 */
final class ExtensionElements {

    private ByteBuf buffer = Unpooled.EMPTY_BUFFER;
    private ExtensionForm form = ExtensionForm.OTHER;
    private int at;
    private int end;
    private int id;
    private int index;
    private int sizeBytes;

    /** Starts before the first element. */
    void wrap(RtpPacket packet) {
        buffer = packet.buffer();
        form = ExtensionForm.of(packet);
        at = packet.extensionIndex();
        end = at + packet.extensionSizeBytes();
    }

    /** Steps to the next element; false when there is none, after which the others are void. */
    boolean next() {
        int head = form.next(buffer, at, end);
        if (head < 0) {
            at = end;
            return false;
        }
        id = form.id(buffer, head);
        index = head + form.headSizeBytes();
        sizeBytes = form.sizeBytes(buffer, head);
        at = index + sizeBytes;
        return true;
    }

    /** 1 to 14 in the one-byte form, 1 to 255 in the two-byte form. */
    int id() {
        return id;
    }

    /** The absolute index of the data in the packet's buffer. */
    int index() {
        return index;
    }

    /** Of the data: 1 to 16 in the one-byte form, 0 to 255 in the two-byte form. */
    int sizeBytes() {
        return sizeBytes;
    }
}
