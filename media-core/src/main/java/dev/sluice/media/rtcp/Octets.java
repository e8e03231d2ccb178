package dev.sluice.media.rtcp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/** Bytes whose meaning is not ours, as a value: they never change and are compared by content. */
public final class Octets {

    public static final Octets NONE = new Octets(new byte[0]);

    private final byte[] bytes;

    /** Takes over the array. */
    private Octets(byte[] bytes) {
        this.bytes = bytes;
    }

    /** A copy of the given bytes. */
    public static Octets of(byte... bytes) {
        return bytes.length == 0 ? NONE : new Octets(bytes.clone());
    }

    /** A copy of the next bytes of the body, which has as many. */
    static Octets read(ByteBuf body, int sizeBytes) {
        if (sizeBytes == 0) {
            return NONE;
        }
        byte[] bytes = new byte[sizeBytes];
        body.readBytes(bytes);
        return new Octets(bytes);
    }

    public int sizeBytes() {
        return bytes.length;
    }

    /** The unsigned byte at an index, 0 to 255. */
    public int octet(int index) {
        return bytes[index] & 0xFF;
    }

    /** A copy. */
    public byte[] toArray() {
        return bytes.clone();
    }

    void write(ByteBuf out) {
        out.writeBytes(bytes);
    }

    /** Refuses what does not fill whole words of 32 bits. */
    void requireWholeWords(String what) {
        if (bytes.length % 4 != 0) {
            throw new IllegalArgumentException(
                    "%s of %d bytes; expected a multiple of 4".formatted(what, bytes.length));
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Octets octets && Arrays.equals(octets.bytes, bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** In hexadecimal. */
    @Override
    public String toString() {
        return ByteBufUtil.hexDump(bytes);
    }
}
