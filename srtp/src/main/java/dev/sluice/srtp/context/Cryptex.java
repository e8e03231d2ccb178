package dev.sluice.srtp.context;

import dev.sluice.media.rtp.RtpPacket;

import io.netty.buffer.ByteBuf;

/**
 * Which packets have CSRCs and header extension encrypted, RFC 9335 section 5: the extension's
 * "defined by profile" says so.
 *
 * <pre>
 *    in the clear    encrypted
 *    0xBEDE          0xC0DE      one-byte elements
 *    0x1000          0xC2DE      two-byte elements
 * </pre>
 */
final class Cryptex {

    /** The head of the empty extension that a packet with CSRCs and no extension gets. */
    static final int HEAD_SIZE_BYTES = 4;

    private static final int NONE = -1;
    private static final int ONE_BYTE_CLEAR = 0xBEDE;
    private static final int TWO_BYTE_CLEAR = 0x1000;
    private static final int ONE_BYTE_ENCRYPTED = 0xC0DE;
    private static final int TWO_BYTE_ENCRYPTED = 0xC2DE;
    private static final int EXTENSION_BIT = 0x10;

    private Cryptex() {}

    /**
     * Makes a packet in the clear say that it is encrypted, and gives it an extension when it has
     * CSRCs alone. False, with the packet as it was, when there is nothing to encrypt in its header
     * or when its extension is of another kind or has "appbits", which cryptex cannot carry.
     */
    static boolean mark(RtpPacket packet) {
        if (packet.hasExtension()) {
            int encrypted = encryptedProfile(packet.extensionProfile());
            if (encrypted == NONE) {
                return false;
            }
            packet.buffer().setShort(profileIndex(packet), encrypted);
            return true;
        }
        if (packet.csrcCount() == 0) {
            return false;
        }
        insertEmptyExtension(packet);
        return true;
    }

    /** Whether a received packet says that it is encrypted. */
    static boolean isMarked(RtpPacket packet) {
        int profile = packet.extensionProfile();
        return profile == ONE_BYTE_ENCRYPTED || profile == TWO_BYTE_ENCRYPTED;
    }

    /** Makes a decrypted packet say so. An empty extension stays. */
    static void unmark(RtpPacket packet) {
        int clear =
                packet.extensionProfile() == ONE_BYTE_ENCRYPTED ? ONE_BYTE_CLEAR : TWO_BYTE_CLEAR;
        packet.buffer().setShort(profileIndex(packet), clear);
    }

    private static int encryptedProfile(int clearProfile) {
        return switch (clearProfile) {
            case ONE_BYTE_CLEAR -> ONE_BYTE_ENCRYPTED;
            case TWO_BYTE_CLEAR -> TWO_BYTE_ENCRYPTED;
            default -> NONE;
        };
    }

    private static int profileIndex(RtpPacket packet) {
        return packet.extensionIndex() - HEAD_SIZE_BYTES;
    }

    private static void insertEmptyExtension(RtpPacket packet) {
        ByteBuf buffer = packet.buffer();
        int at = packet.payloadIndex();
        int size = buffer.writerIndex() - at;
        buffer.writeInt(0);
        moveByHead(buffer, at, size);
        buffer.setInt(at, ONE_BYTE_ENCRYPTED << 16);
        int start = buffer.readerIndex();
        buffer.setByte(start, buffer.getByte(start) | EXTENSION_BIT);
    }

    /** From the end, so that nothing is overwritten before it has moved. */
    private static void moveByHead(ByteBuf buffer, int from, int sizeBytes) {
        int i = from + sizeBytes;
        for (; i - from >= Integer.BYTES; i -= Integer.BYTES) {
            buffer.setInt(i, buffer.getInt(i - Integer.BYTES));
        }
        for (; i > from; i--) {
            buffer.setByte(i + HEAD_SIZE_BYTES - 1, buffer.getByte(i - 1));
        }
    }
}
