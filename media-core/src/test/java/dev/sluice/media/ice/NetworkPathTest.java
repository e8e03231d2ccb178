package dev.sluice.media.ice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import org.junit.jupiter.api.Test;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

class NetworkPathTest {

    private static final String IPV4 = "192.0.2.1";
    private static final String IPV6 = "2001:db8::8000:0:0:9";

    @Test
    void pathsOfOneSocketToOneAddressAndPortAreEqual() {
        assertThat(path(0, IPV4, 5000))
                .isEqualTo(path(0, IPV4, 5000))
                .hasSameHashCodeAs(path(0, IPV4, 5000));
        assertThat(path(1, IPV6, 5000))
                .isEqualTo(path(1, IPV6, 5000))
                .hasSameHashCodeAs(path(1, IPV6, 5000));
    }

    @Test
    void anotherSocketAddressOrPortIsAnotherPath() {
        assertThat(path(0, IPV4, 5000))
                .isNotEqualTo(path(1, IPV4, 5000))
                .isNotEqualTo(path(0, IPV4, 5001))
                .isNotEqualTo(path(0, "192.0.2.2", 5000))
                .isNotEqualTo(path(0, IPV6, 5000))
                .isNotEqualTo(NetworkPath.ofConnection(0, address(IPV4, 5000)));
        assertThat(path(0, IPV6, 5000))
                .isNotEqualTo(path(0, "2001:db8::8000:0:0:8", 5000))
                .isNotEqualTo(path(0, "2001:db9::8000:0:0:9", 5000));
    }

    @Test
    void theSameLinkLocalAddressOnAnotherLinkIsAnotherPath() throws UnknownHostException {
        byte[] bytes = InetAddress.getByName("fe80::1").getAddress();
        var first = new InetSocketAddress(Inet6Address.getByAddress(null, bytes, 1), 5000);
        var second = new InetSocketAddress(Inet6Address.getByAddress(null, bytes, 2), 5000);
        assertThat(new NetworkPath(0, first)).isNotEqualTo(new NetworkPath(0, second));
        assertThat(new NetworkPath(0, second).scope()).isEqualTo(2);
    }

    @Test
    void theAddressIsToldAsTheNumbersOfAnIpv6One() {
        NetworkPath ipv4 = path(0, "192.0.2.200", 60_000);
        assertThat(ipv4.addressHigh()).isZero();
        assertThat(ipv4.addressLow()).isEqualTo(0x0000_FFFF_C000_02C8L);
        assertThat(ipv4.port()).isEqualTo(60_000);
        NetworkPath ipv6 = path(0, IPV6, 5000);
        assertThat(ipv6.addressHigh()).isEqualTo(0x2001_0DB8_0000_0000L);
        assertThat(ipv6.addressLow()).isEqualTo(0x8000_0000_0000_0009L);
    }

    @Test
    void anAddressThatIsNotResolvedIsNoPath() {
        var unresolved = InetSocketAddress.createUnresolved("example.org", 1);
        assertThatNullPointerException().isThrownBy(() -> new NetworkPath(0, unresolved));
    }

    private static NetworkPath path(int socket, String address, int port) {
        return new NetworkPath(socket, address(address, port));
    }

    private static InetSocketAddress address(String address, int port) {
        return new InetSocketAddress(address, port);
    }
}
