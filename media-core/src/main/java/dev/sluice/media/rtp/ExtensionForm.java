package dev.sluice.media.rtp;

import io.netty.buffer.ByteBuf;

/** How the elements of a header extension block are laid out, RFC 8285 section 4. */
enum ExtensionForm {
    /** Ids 1 to 14, data of 1 to 16 bytes. */
    ONE_BYTE(1),
    /** Ids 1 to 255, data of 0 to 255 bytes. */
    TWO_BYTE(2),
    /** A block of another profile, or none: it has no elements to look for. */
    OTHER(0);

    static final int ONE_BYTE_PROFILE = 0xBEDE;
    static final int TWO_BYTE_PROFILE = 0x1000;

    /** The lowest four bits of the two-byte profile are free for the application ("appbits"). */
    static final int APP_BITS_MASK = 0x000F;

    private static final int TWO_BYTE_PROFILE_MASK = 0xFFF0;

    private final int headSizeBytes;

    ExtensionForm(int headSizeBytes) {
        this.headSizeBytes = headSizeBytes;
    }

    static ExtensionForm of(RtpPacket packet) {
        return ofProfile(packet.extensionProfile());
    }

    static ExtensionForm ofProfile(int profile) {
        if (profile == ONE_BYTE_PROFILE) {
            return ONE_BYTE;
        }
        return (profile & TWO_BYTE_PROFILE_MASK) == TWO_BYTE_PROFILE ? TWO_BYTE : OTHER;
    }

    /** What an element has before its data. */
    int headSizeBytes() {
        return headSizeBytes;
    }

    /** Whether an element can be written in this form. */
    boolean fits(int id, int sizeBytes) {
        return switch (this) {
            case ONE_BYTE ->
                    id <= OneByteElements.MAX_ID
                            && sizeBytes >= 1
                            && sizeBytes <= OneByteElements.MAX_SIZE_BYTES;
            case TWO_BYTE -> true;
            case OTHER -> false;
        };
    }

    /**
     * Holds an element to what the wider form can carry.
     *
     * @throws IllegalArgumentException when neither form can
     */
    static void requireAny(int id, int sizeBytes) {
        if (id < 1
                || id > TwoByteElements.MAX_ID
                || sizeBytes < 0
                || sizeBytes > TwoByteElements.MAX_SIZE_BYTES) {
            throw new IllegalArgumentException(
                    "Element with id %d of %d bytes; expected 1 to 255, 0 to 255 bytes"
                            .formatted(id, sizeBytes));
        }
    }

    /**
     * The absolute index of the first element's head at or behind {@code at}, past padding; -1 when
     * the elements end there, be it by their own rules or by an element that would pass the end.
     */
    int next(ByteBuf buffer, int at, int end) {
        return switch (this) {
            case ONE_BYTE -> OneByteElements.next(buffer, at, end);
            case TWO_BYTE -> TwoByteElements.next(buffer, at, end);
            case OTHER -> -1;
        };
    }

    int id(ByteBuf buffer, int head) {
        int first = buffer.getUnsignedByte(head);
        return this == ONE_BYTE ? first >>> 4 : first;
    }

    /** Of the data, without the head. */
    int sizeBytes(ByteBuf buffer, int head) {
        return this == ONE_BYTE
                ? (buffer.getUnsignedByte(head) & 0x0F) + 1
                : buffer.getUnsignedByte(head + 1);
    }

    /** The absolute index of the head of the packet's first element with this id, or -1. */
    int find(RtpPacket packet, int id) {
        ByteBuf buffer = packet.buffer();
        int end = packet.extensionIndex() + packet.extensionSizeBytes();
        int head = next(buffer, packet.extensionIndex(), end);
        while (head >= 0 && id(buffer, head) != id) {
            head = next(buffer, head + headSizeBytes + sizeBytes(buffer, head), end);
        }
        return head;
    }
}
