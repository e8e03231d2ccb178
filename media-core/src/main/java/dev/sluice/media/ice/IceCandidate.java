package dev.sluice.media.ice;

import org.jspecify.annotations.Nullable;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One candidate line (RFC 8839, section 5.1):
 *
 * <pre>
 * candidate:foundation component transport priority address port "typ" type *(name value)
 * </pre>
 *
 * @param foundation 1 to 32 ice-chars
 * @param component 1 for RTP (and all of a muxed session), 2 for RTCP
 * @param transport in lower case, {@code udp} or {@code tcp} mostly
 * @param priority 0..2^32-1; larger is better
 * @param address an IP address or a name ({@code .local} ones included); never resolved here
 * @param port 0..65535
 * @param extensions what follows the type, raddr and rport included, single spaces between the
 *     words
 */
public record IceCandidate(
        String foundation,
        int component,
        String transport,
        long priority,
        String address,
        int port,
        CandidateType type,
        String extensions) {

    /** The component of RTP and of everything muxed with it. */
    public static final int RTP_COMPONENT = 1;

    private static final String PREFIX = "candidate:";
    private static final int MAX_LOCAL_PREFERENCE = 65535;
    private static final int MAX_OTHER_PREFERENCE = 8191;
    private static final long MAX_PRIORITY = 0xFFFF_FFFFL;
    private static final int MAX_CHARS = 512;
    private static final int FIXED_WORDS = 8;

    /**
     * The host candidates of a server, best first: each gets a lower local preference and its own
     * foundation. The addresses are resolved ones.
     */
    public static List<IceCandidate> hosts(List<InetSocketAddress> addresses) {
        var candidates = new ArrayList<IceCandidate>(addresses.size());
        for (InetSocketAddress address : addresses) {
            int rank = candidates.size();
            candidates.add(host(address, MAX_LOCAL_PREFERENCE - rank, Integer.toString(rank + 1)));
        }
        return List.copyOf(candidates);
    }

    private static IceCandidate host(
            InetSocketAddress address, int localPreference, String foundation) {
        return new IceCandidate(
                foundation,
                RTP_COMPONENT,
                "udp",
                priority(CandidateType.HOST, localPreference, RTP_COMPONENT),
                textOf(address),
                address.getPort(),
                CandidateType.HOST,
                "");
    }

    /** The candidates of a server for peers that open TCP connections; UDP is preferred. */
    public static List<IceCandidate> passiveTcpHosts(List<InetSocketAddress> addresses) {
        var candidates = new ArrayList<IceCandidate>(addresses.size());
        for (InetSocketAddress address : addresses) {
            int otherPreference = MAX_OTHER_PREFERENCE - candidates.size();
            candidates.add(
                    LocalCandidate.tcpHost(CandidateTransport.TCP_PASSIVE, address, otherPreference)
                            .toCandidate());
        }
        return List.copyOf(candidates);
    }

    /** The address of a candidate line; a scope means nothing to the peer. */
    static String textOf(InetSocketAddress socketAddress) {
        String address = socketAddress.getAddress().getHostAddress();
        int scope = address.indexOf('%');
        return scope < 0 ? address : address.substring(0, scope);
    }

    /** RFC 8445, section 5.1.2.1; the local preference is 0..65535, the component 1..256. */
    public static long priority(CandidateType type, int localPreference, int component) {
        return ((long) type.preference() << 24) + ((long) localPreference << 8) + (256 - component);
    }

    /** Reads the value with or without {@code a=} before it; null where it is not a candidate. */
    public static @Nullable IceCandidate parse(String line) {
        String text = line.startsWith("a=") ? line.substring(2) : line;
        if (!text.startsWith(PREFIX) || text.length() > MAX_CHARS) {
            return null;
        }
        String[] words = text.substring(PREFIX.length()).trim().split(" +", FIXED_WORDS + 1);
        if (words.length < FIXED_WORDS || !words[6].equals("typ")) {
            return null;
        }
        return ofWords(words);
    }

    private static @Nullable IceCandidate ofWords(String[] words) {
        long component = number(words[1], 256);
        long priority = number(words[3], MAX_PRIORITY);
        long port = number(words[5], 65535);
        CandidateType type = CandidateType.ofToken(words[7]);
        if (words[0].isEmpty() || component < 1 || priority < 0 || port < 0 || type == null) {
            return null;
        }
        String transport = words[2].toLowerCase(Locale.ROOT);
        String extensions = words.length > FIXED_WORDS ? words[FIXED_WORDS] : "";
        return new IceCandidate(
                words[0],
                (int) component,
                transport,
                priority,
                words[4],
                (int) port,
                type,
                extensions);
    }

    private static long number(String digits, long max) {
        if (digits.isEmpty()
                || digits.length() > 10
                || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return -1;
        }
        long value = Long.parseLong(digits);
        return value <= max ? value : -1;
    }

    /** The value of an extension such as {@code tcptype}; null where it is absent. */
    public @Nullable String extension(String name) {
        String[] words = extensions.split(" +");
        for (int i = 0; i + 1 < words.length; i += 2) {
            if (words[i].equals(name)) {
                return words[i + 1];
            }
        }
        return null;
    }

    /** Whether the address is a name and no IP address, as the {@code .local} ones are. */
    boolean isNamed() {
        return IpLiteral.parse(address) == null;
    }

    /** The attribute's name and value, without {@code a=}. */
    public String toAttribute() {
        String line =
                PREFIX
                        + foundation
                        + " "
                        + component
                        + " "
                        + transport
                        + " "
                        + priority
                        + " "
                        + address
                        + " "
                        + port
                        + " typ "
                        + type.token();
        return extensions.isEmpty() ? line : line + " " + extensions;
    }
}
