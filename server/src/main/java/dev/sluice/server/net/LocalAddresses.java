package dev.sluice.server.net;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The addresses of this machine that media is served on. */
public final class LocalAddresses {

    /**
     * A machine with more addresses than this has to name those it wants in {@code media.listen}.
     */
    static final int MAX_ADDRESSES = 64;

    private LocalAddresses() {}

    /**
     * Every address of every interface that is up, loopback last; without IPv6 link-local ones,
     * which mean nothing to a peer, and without multicast.
     *
     * @throws SocketException when the interfaces cannot be listed
     */
    public static List<InetAddress> all() throws SocketException {
        List<InetAddress> addresses = new ArrayList<>();
        for (NetworkInterface device : NetworkInterface.networkInterfaces().toList()) {
            if (device.isUp()) {
                device.inetAddresses().filter(LocalAddresses::isUsable).forEach(addresses::add);
            }
        }
        return addresses.stream()
                .map(LocalAddresses::withoutScope)
                .distinct()
                .sorted(
                        Comparator.comparing(InetAddress::isLoopbackAddress)
                                .thenComparing(Inet6Address.class::isInstance))
                .limit(MAX_ADDRESSES)
                .toList();
    }

    /**
     * The addresses behind names or address literals.
     *
     * @throws UnknownHostException when a name has none; the message names it
     */
    public static List<InetAddress> resolve(List<String> names) throws UnknownHostException {
        List<InetAddress> addresses = new ArrayList<>();
        for (String name : names) {
            addresses.addAll(List.of(InetAddress.getAllByName(name)));
        }
        return addresses.stream().map(LocalAddresses::withoutScope).distinct().toList();
    }

    private static boolean isUsable(InetAddress address) {
        boolean isScopedToALink = address instanceof Inet6Address && address.isLinkLocalAddress();
        return !isScopedToALink && !address.isMulticastAddress() && !address.isAnyLocalAddress();
    }

    /** The interface's name behind an IPv6 address would make equal addresses differ. */
    private static InetAddress withoutScope(InetAddress address) {
        try {
            return InetAddress.getByAddress(address.getAddress());
        } catch (UnknownHostException e) {
            throw new IllegalStateException("An address of wrong length: " + address, e);
        }
    }
}
