package dev.sluice.server.net;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import dev.sluice.media.ice.NetworkPath;
import dev.sluice.sockets.LinuxSockets;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * An array of struct sockaddr_in6, or of struct sockaddr_in for a socket of IPv4: the addresses of
 * messages.
 */
final class AddressArray {

    /** How far apart the addresses are: struct sockaddr_in6; the one of IPv4 is shorter. */
    private static final int ADDRESS_BYTES = 28;

    private static final int IPV4_ADDRESS_BYTES = 16;
    private static final int PORT = 2;
    private static final int IPV4_ADDRESS = 4;
    private static final int IPV6_ADDRESS = 8;
    private static final int SCOPE = 24;

    private static final ValueLayout.OfShort NETWORK_SHORT =
            JAVA_SHORT.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfInt NETWORK_INT = JAVA_INT.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfLong NETWORK_LONG =
            JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private final boolean isIpv6;
    private final MemorySegment addresses;

    /**
     * @param isIpv6 whether the socket is of that family; IPv4 addresses are mapped then
     */
    AddressArray(Arena arena, int count, boolean isIpv6) {
        this.isIpv6 = isIpv6;
        addresses = arena.allocate((long) count * ADDRESS_BYTES, Long.BYTES);
    }

    /** Where one of them lies. */
    long memoryAddress(int index) {
        return addresses.address() + offset(index);
    }

    /** How long each is. */
    int sizeBytes() {
        return isIpv6 ? ADDRESS_BYTES : IPV4_ADDRESS_BYTES;
    }

    /** Writes the peer's address of a path. */
    void set(int index, NetworkPath path) {
        long at = offset(index);
        addresses.set(JAVA_SHORT, at, isIpv6 ? LinuxSockets.AF_INET6 : LinuxSockets.AF_INET);
        addresses.set(NETWORK_SHORT, at + PORT, (short) path.port());
        if (isIpv6) {
            addresses.set(NETWORK_LONG, at + IPV6_ADDRESS, path.addressHigh());
            addresses.set(NETWORK_LONG, at + IPV6_ADDRESS + Long.BYTES, path.addressLow());
            addresses.set(JAVA_INT, at + SCOPE, path.scope());
        } else {
            addresses.set(NETWORK_INT, at + IPV4_ADDRESS, (int) path.addressLow());
        }
    }

    /** The path to the peer with an address that the kernel wrote. */
    NetworkPath path(int index, RecentPaths paths) {
        long at = offset(index);
        int port = Short.toUnsignedInt(addresses.get(NETWORK_SHORT, at + PORT));
        return isIpv6
                ? paths.of(
                        addresses.get(NETWORK_LONG, at + IPV6_ADDRESS),
                        addresses.get(NETWORK_LONG, at + IPV6_ADDRESS + Long.BYTES),
                        addresses.get(JAVA_INT, at + SCOPE),
                        port)
                : paths.ofIpv4(addresses.get(NETWORK_INT, at + IPV4_ADDRESS), port);
    }

    private static long offset(int index) {
        return (long) index * ADDRESS_BYTES;
    }
}
