package dev.sluice.media.ice;

import org.jspecify.annotations.Nullable;

import java.net.InetAddress;
import java.util.regex.Pattern;

/** Reads IP addresses as they are written; never asks a name server. */
final class IpLiteral {

    /** The longest: an IPv6 address with an IPv4 one at its end. */
    private static final int MAX_CHARS = 45;

    private static final Pattern IPV4 =
            Pattern.compile("[0-9]{1,3}\\.[0-9]{1,3}\\.[0-9]{1,3}\\.[0-9]{1,3}");
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

    private IpLiteral() {}

    /** The address, or null for all else, names and scoped addresses ({@code %eth0}) included. */
    static @Nullable InetAddress parse(String text) {
        if (text.length() > MAX_CHARS
                || !(IPV4.matcher(text).matches() || IPV6.matcher(text).matches())) {
            return null;
        }
        try {
            return InetAddress.ofLiteral(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
