package dev.sluice.srtp.cipher;

import dev.sluice.srtp.keys.Mki;

import io.netty.buffer.ByteBuf;

/** The master key identifier's place in packets; empty when there is none. */
final class MkiField {

    private static final MkiField NONE = new MkiField(new byte[0]);

    private final byte[] bytes;

    private MkiField(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The field for an identifier; one for all keys that have none. */
    static MkiField of(Mki mki) {
        byte[] bytes = mki.bytes();
        return bytes.length == 0 ? NONE : new MkiField(bytes);
    }

    int sizeBytes() {
        return bytes.length;
    }

    void append(ByteBuf packet) {
        packet.writeBytes(bytes);
    }

    /** Whether the identifier ends {@code trailerSizeBytes} before the packet does. */
    boolean isIn(ByteBuf packet, int trailerSizeBytes) {
        int start = packet.writerIndex() - trailerSizeBytes - bytes.length;
        for (int i = 0; i < bytes.length; i++) {
            if (packet.getByte(start + i) != bytes[i]) {
                return false;
            }
        }
        return true;
    }
}
