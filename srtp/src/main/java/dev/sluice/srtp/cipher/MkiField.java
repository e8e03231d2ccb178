package dev.sluice.srtp.cipher;

import dev.sluice.srtp.keys.Mki;

import io.netty.buffer.ByteBuf;

/** The master key identifier's place in packets; empty when there is none. */
final class MkiField {

    private final byte[] bytes;

    MkiField(Mki mki) {
        bytes = mki.bytes();
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
