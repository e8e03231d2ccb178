package dev.sluice.server.net;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;

/**
 * The addresses that one remote party can send from as it likes: an IPv4 address, or the 64 bits of
 * an IPv6 address in front of its interface identifier (RFC 4291, section 2.5.4), which a host
 * chooses itself (RFC 8981). What is limited for each address is limited for each of these.
 *
 * @param isIpv6 whether it has many addresses
 * @param prefix the first 64 bits, or the 32 of an IPv4 address
 */
record RemoteBlock(boolean isIpv6, long prefix) {

    /** What stands before the IPv4 address in a mapped one, RFC 4291, section 2.5.5.2. */
    private static final int MAPPED_MARK = 0x0000FFFF;

    static RemoteBlock of(InetAddress address) {
        ByteBuffer bytes = ByteBuffer.wrap(address.getAddress());
        if (!(address instanceof Inet6Address)) {
            return new RemoteBlock(false, bytes.getInt());
        }
        long prefix = bytes.getLong();
        boolean isMapped = prefix == 0 && bytes.getInt() == MAPPED_MARK;
        return isMapped ? new RemoteBlock(false, bytes.getInt()) : new RemoteBlock(true, prefix);
    }
}
