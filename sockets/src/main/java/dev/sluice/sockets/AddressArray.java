package dev.sluice.sockets;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * An array of struct sockaddr_in6, or of struct sockaddr_in for sockets of IPv4: the addresses of
 * messages. Whatever the socket is, an address of IPv4 is told as the IPv6 address that maps it.
 */
public final class AddressArray {

    /** The longest of them: struct sockaddr_in6. */
    static final int MAX_BYTES = 28;

    private static final int IPV4_BYTES = 16;
    private static final int PORT = 2;
    private static final int IPV4_ADDRESS = 4;
    private static final int IPV6_ADDRESS = 8;
    private static final int SCOPE = 24;

    /** Before the four bytes of an IPv4 address that is mapped (RFC 4291 section 2.5.5.2). */
    private static final long MAPPED = 0xFFFF_0000_0000L;

    private static final ValueLayout.OfShort NETWORK_SHORT =
            JAVA_SHORT.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfInt NETWORK_INT = JAVA_INT.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfLong NETWORK_LONG =
            JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private final MemorySegment addresses;

    public AddressArray(Arena arena, int count) {
        addresses = arena.allocate((long) count * MAX_BYTES, Long.BYTES);
    }

    /** Where one of them lies. */
    public long memoryAddress(int index) {
        return addresses.address() + offset(index);
    }

    /** How long an address to be sent to is by a socket of this family. */
    public static int sizeBytes(boolean isIpv6) {
        return isIpv6 ? MAX_BYTES : IPV4_BYTES;
    }

    /**
     * Writes an address for a socket of IPv6.
     *
     * @param high its first half
     * @param low its second half
     * @param scope of a link-local address; else 0
     */
    public void setIpv6(int index, long high, long low, int scope, int port) {
        long at = begin(index, LinuxSockets.AF_INET6, port);
        addresses.set(NETWORK_LONG, at + IPV6_ADDRESS, high);
        addresses.set(NETWORK_LONG, at + IPV6_ADDRESS + Long.BYTES, low);
        addresses.set(JAVA_INT, at + SCOPE, scope);
    }

    /** Writes an address for a socket of IPv4. */
    public void setIpv4(int index, int address, int port) {
        long at = begin(index, LinuxSockets.AF_INET, port);
        addresses.set(NETWORK_INT, at + IPV4_ADDRESS, address);
    }

    private long begin(int index, short family, int port) {
        long at = offset(index);
        addresses.set(JAVA_SHORT, at, family);
        addresses.set(NETWORK_SHORT, at + PORT, (short) port);
        return at;
    }

    /** The first half of the address; 0 where it maps one of IPv4. */
    public long high(int index) {
        return isIpv6(index) ? addresses.get(NETWORK_LONG, offset(index) + IPV6_ADDRESS) : 0;
    }

    /** The second half of the address. */
    public long low(int index) {
        long at = offset(index);
        return isIpv6(index)
                ? addresses.get(NETWORK_LONG, at + IPV6_ADDRESS + Long.BYTES)
                : MAPPED | Integer.toUnsignedLong(addresses.get(NETWORK_INT, at + IPV4_ADDRESS));
    }

    /** Of a link-local address; else 0. */
    public int scope(int index) {
        return isIpv6(index) ? addresses.get(JAVA_INT, offset(index) + SCOPE) : 0;
    }

    public int port(int index) {
        return Short.toUnsignedInt(addresses.get(NETWORK_SHORT, offset(index) + PORT));
    }

    private boolean isIpv6(int index) {
        return addresses.get(JAVA_SHORT, offset(index)) == LinuxSockets.AF_INET6;
    }

    private static long offset(int index) {
        return (long) index * MAX_BYTES;
    }
}
