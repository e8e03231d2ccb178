package dev.sluice.srtp.keys;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * A master key identifier: says in each packet which master key protects it (RFC 3711 section 3.1).
 * It is neither secret nor authenticated.
 */
public final class Mki {

    /** The most that SDES can say (RFC 4568 section 6.1). */
    public static final int MAX_SIZE_BYTES = 128;

    /** Packets carry no identifier; there is one master key. */
    public static final Mki NONE = new Mki(new byte[0]);

    private final byte[] bytes;

    private Mki(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * @throws IllegalArgumentException when there are more than {@link #MAX_SIZE_BYTES}
     */
    public static Mki ofBytes(byte[] bytes) {
        requireSize(bytes.length, 0);
        return bytes.length == 0 ? NONE : new Mki(bytes.clone());
    }

    /**
     * The number in big-endian order.
     *
     * @param sizeBytes 1 to {@link #MAX_SIZE_BYTES}
     * @throws IllegalArgumentException when the size is out of range, or the number negative or too
     *     large for it
     */
    public static Mki of(BigInteger value, int sizeBytes) {
        requireSize(sizeBytes, 1);
        if (value.signum() < 0 || value.bitLength() > Byte.SIZE * sizeBytes) {
            throw new IllegalArgumentException("MKI " + value + " in " + sizeBytes + " bytes");
        }
        byte[] bytes = new byte[sizeBytes];
        byte[] digits = value.toByteArray();
        int size = Math.min(digits.length, sizeBytes);
        System.arraycopy(digits, digits.length - size, bytes, sizeBytes - size, size);
        return new Mki(bytes);
    }

    /** {@link #of(BigInteger, int)} for a number that fits. */
    public static Mki of(long value, int sizeBytes) {
        return of(BigInteger.valueOf(value), sizeBytes);
    }

    /** 0 for {@link #NONE}. */
    public int sizeBytes() {
        return bytes.length;
    }

    /** A copy, as it stands in a packet. */
    public byte[] bytes() {
        return bytes.clone();
    }

    public BigInteger value() {
        return new BigInteger(1, bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Mki that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return bytes.length == 0 ? "Mki[]" : "Mki[" + value() + ":" + bytes.length + "]";
    }

    private static void requireSize(int sizeBytes, int min) {
        if (sizeBytes < min || sizeBytes > MAX_SIZE_BYTES) {
            throw new IllegalArgumentException(
                    "MKI of " + sizeBytes + " bytes, not " + min + " to " + MAX_SIZE_BYTES);
        }
    }
}
