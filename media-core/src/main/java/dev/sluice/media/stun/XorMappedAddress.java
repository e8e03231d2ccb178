package dev.sluice.media.stun;

import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/**
 * The value of XOR-MAPPED-ADDRESS (RFC 8489, section 14.2).
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |0 0 0 0 0 0 0 0|    Family     |            X-Port             |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                X-Address (4 or 16 bytes)                  ...
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 *
 * The address is masked by the 16 bytes that begin with the magic cookie in the same message's
 * header.
 */
final class XorMappedAddress {

    private static final int FAMILY_OFFSET = 1;
    private static final int PORT_OFFSET = 2;
    private static final int ADDRESS_OFFSET = 4;
    private static final int FAMILY_IPV4 = 1;
    private static final int FAMILY_IPV6 = 2;
    private static final int IPV4_SIZE_BYTES = 4;
    private static final int IPV6_SIZE_BYTES = 16;

    private XorMappedAddress() {}

    /** The address in the value, or null when it is not well-formed. */
    static @Nullable InetSocketAddress read(
            ByteBuf buffer, int valueIndex, int sizeBytes, int maskIndex) {
        if (sizeBytes < ADDRESS_OFFSET) {
            return null;
        }
        int addressSize = addressSizeBytes(buffer.getUnsignedByte(valueIndex + FAMILY_OFFSET));
        if (addressSize == 0 || sizeBytes != ADDRESS_OFFSET + addressSize) {
            return null;
        }
        byte[] address = new byte[addressSize];
        for (int i = 0; i < addressSize; i++) {
            address[i] =
                    (byte)
                            (buffer.getByte(valueIndex + ADDRESS_OFFSET + i)
                                    ^ buffer.getByte(maskIndex + i));
        }
        int port =
                buffer.getUnsignedShort(valueIndex + PORT_OFFSET)
                        ^ buffer.getUnsignedShort(maskIndex);
        return new InetSocketAddress(ofBytes(address), port);
    }

    static int sizeBytes(InetSocketAddress address) {
        return ADDRESS_OFFSET + address.getAddress().getAddress().length;
    }

    /** Appends the value of a resolved address. */
    static void write(ByteBuf out, InetSocketAddress mapped, int maskIndex) {
        byte[] address = mapped.getAddress().getAddress();
        out.writeByte(0);
        out.writeByte(address.length == IPV4_SIZE_BYTES ? FAMILY_IPV4 : FAMILY_IPV6);
        out.writeShort(mapped.getPort() ^ out.getUnsignedShort(maskIndex));
        for (int i = 0; i < address.length; i++) {
            out.writeByte(address[i] ^ out.getByte(maskIndex + i));
        }
    }

    private static int addressSizeBytes(int family) {
        return switch (family) {
            case FAMILY_IPV4 -> IPV4_SIZE_BYTES;
            case FAMILY_IPV6 -> IPV6_SIZE_BYTES;
            default -> 0;
        };
    }

    private static InetAddress ofBytes(byte[] address) {
        try {
            return InetAddress.getByAddress(address);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("An address of " + address.length + " bytes", e);
        }
    }
}
