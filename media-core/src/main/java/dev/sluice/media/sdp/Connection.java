package dev.sluice.media.sdp;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * An address, {@code c=} (RFC 8866 section 5.7).
 *
 * @param netType {@code IN}
 * @param addressType {@code IP4} or {@code IP6}
 * @param address an IP address or a name; for multicast with {@code /ttl} (IPv4 only) and {@code
 *     /number-of-addresses}
 */
public record Connection(String netType, String addressType, String address) {

    static final String FORM = "<nettype> <addrtype> <address>";

    /** Of a section whose addresses are candidates (RFC 8839 section 4.3.1). */
    static final Connection NONE = new Connection("IN", "IP4", "0.0.0.0");

    static @Nullable Connection read(String value) {
        List<String> words = Numbers.words(value);
        return words.size() == 3 ? new Connection(words.get(0), words.get(1), words.get(2)) : null;
    }

    /** The address without what multicast adds to it. */
    public String host() {
        int slash = address.indexOf('/');
        return slash < 0 ? address : address.substring(0, slash);
    }

    @Override
    public String toString() {
        return netType + " " + addressType + " " + address;
    }
}
