package dev.sluice.server.config;

import io.netty.util.NetUtil;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/** The written forms of addresses, names, origins and URIs. Nothing is looked up. */
final class Syntax {

    /** RFC 1035 2.3.4. */
    private static final int MAX_HOST_NAME_CHARACTERS = 253;

    /**
     * RFC 1123 2.1, and the underscore that container networks allow. The last label is no number,
     * so that a mistyped IPv4 address is no name.
     */
    private static final Pattern HOST_NAME =
            Pattern.compile(
                    "(?:[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?\\.)*"
                        + "(?=[A-Za-z0-9_-]*[A-Za-z_])[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?");

    /** RFC 6454 6.2: scheme, host and perhaps a port. */
    private static final Pattern ORIGIN =
            Pattern.compile(
                    "[a-z][a-z0-9+.-]*://(?:[^\\s/?#@,:\\[\\]]+|\\[[0-9A-Fa-f:.]+\\])(?::[0-9]{1,5})?");

    /** RFC 7064 3.1 and RFC 7065 3.1. */
    private static final Pattern ICE_URI =
            Pattern.compile(
                    "(?:stuns?:HOST(?::[0-9]{1,5})?|turns?:HOST(?::[0-9]{1,5})?(?:\\?transport=(?:udp|tcp))?)"
                            .replace("HOST", "(?:[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+\\])"));

    /** RFC 6750 2.1: what can stand behind {@code Bearer}. */
    private static final Pattern BEARER_TOKEN = Pattern.compile("[A-Za-z0-9._~+/-]+=*");

    /** A shorter token is guessed too soon. */
    private static final int MIN_TOKEN_CHARACTERS = 8;

    private static final Pattern PRINTABLE = Pattern.compile("[^\\p{Cntrl}]+");

    private Syntax() {}

    /** An IPv4 or IPv6 address, or a host name. */
    static boolean isHost(String text) {
        return isIpAddress(text) || isHostName(text);
    }

    /** An address that one machine can have: not a wildcard, not multicast. */
    static boolean isUnicastAddress(String text) {
        if (!isIpAddress(text)) {
            return false;
        }
        InetAddress address = addressOf(text);
        return !address.isAnyLocalAddress() && !address.isMulticastAddress();
    }

    static boolean isUnicastAddressOrName(String text) {
        return isUnicastAddress(text) || isHostName(text);
    }

    static boolean isOriginOrAny(String text) {
        return text.equals("*") || ORIGIN.matcher(text).matches();
    }

    static boolean isIceUri(String text) {
        return ICE_URI.matcher(text).matches();
    }

    static boolean isTurnUri(String text) {
        return text.startsWith("turn");
    }

    static boolean isToken(String text) {
        return text.length() >= MIN_TOKEN_CHARACTERS && BEARER_TOKEN.matcher(text).matches();
    }

    static boolean isPrintable(String text) {
        return PRINTABLE.matcher(text).matches();
    }

    private static boolean isIpAddress(String text) {
        boolean isBracketed = text.startsWith("[");
        return !isBracketed
                && (NetUtil.isValidIpV4Address(text) || NetUtil.isValidIpV6Address(text));
    }

    private static boolean isHostName(String text) {
        return text.length() <= MAX_HOST_NAME_CHARACTERS && HOST_NAME.matcher(text).matches();
    }

    private static InetAddress addressOf(String ipAddress) {
        try {
            return InetAddress.getByAddress(NetUtil.createByteArrayFromIpAddressString(ipAddress));
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("no IP address: " + ipAddress, e);
        }
    }
}
