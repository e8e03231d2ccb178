package dev.sluice.media.ice;

import org.jspecify.annotations.Nullable;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** A NAT by its mapping and filtering behaviour (RFC 4787, sections 4.1 and 5). */
final class Nat {

    /** What of the other side a mapping or a filter depends on. */
    enum Behaviour {
        ENDPOINT_INDEPENDENT,
        ADDRESS_DEPENDENT,
        ADDRESS_AND_PORT_DEPENDENT
    }

    private record Flow(InetSocketAddress inside, String outside) {}

    private final InetAddress publicAddress;
    private final Behaviour mapping;
    private final Behaviour filtering;
    private final Map<Flow, InetSocketAddress> mapped = new HashMap<>();
    private final Map<InetSocketAddress, InetSocketAddress> insides = new HashMap<>();
    private final Set<Flow> allowed = new HashSet<>();
    private int nextPort = 30_000;

    Nat(String publicAddress, Behaviour mapping, Behaviour filtering) {
        this.publicAddress = new InetSocketAddress(publicAddress, 0).getAddress();
        this.mapping = mapping;
        this.filtering = filtering;
    }

    InetAddress publicAddress() {
        return publicAddress;
    }

    /** The address that a datagram leaves from. */
    InetSocketAddress outbound(InetSocketAddress inside, InetSocketAddress to) {
        InetSocketAddress outside =
                mapped.computeIfAbsent(
                        new Flow(inside, key(mapping, to)),
                        _ -> new InetSocketAddress(publicAddress, nextPort++));
        insides.put(outside, inside);
        allowed.add(new Flow(outside, key(filtering, to)));
        return outside;
    }

    /** Whom a datagram from outside reaches; null where it is filtered. */
    @Nullable InetSocketAddress inbound(InetSocketAddress outside, InetSocketAddress from) {
        return allowed.contains(new Flow(outside, key(filtering, from)))
                ? insides.get(outside)
                : null;
    }

    /** All mappings are lost, as by a restart of the NAT. */
    void forget() {
        mapped.clear();
        insides.clear();
        allowed.clear();
    }

    private static String key(Behaviour behaviour, InetSocketAddress other) {
        return switch (behaviour) {
            case ENDPOINT_INDEPENDENT -> "";
            case ADDRESS_DEPENDENT -> other.getAddress().getHostAddress();
            case ADDRESS_AND_PORT_DEPENDENT ->
                    other.getAddress().getHostAddress() + " " + other.getPort();
        };
    }
}
