package dev.sluice.media.stun;

import io.netty.buffer.ByteBuf;

import java.util.zip.CRC32;

/** The value of a FINGERPRINT attribute (RFC 8489, section 14.7). */
final class StunFingerprint {

    private static final int XOR = 0x5354554E;

    private StunFingerprint() {}

    /**
     * CRC-32 of the message before the attribute. The header's length field must already count the
     * attribute.
     */
    static int of(ByteBuf message, int index, int sizeBytes) {
        var crc = new CRC32();
        for (int i = index; i < index + sizeBytes; i++) {
            crc.update(message.getByte(i));
        }
        return (int) crc.getValue() ^ XOR;
    }
}
