package dev.sluice.server.net;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;

class RemoteBlockTest {

    @Test
    void anIpv6HostCannotChooseItselfAnotherBlock() throws Exception {
        assertThat(block("2001:db8:1:2::1")).isEqualTo(block("2001:db8:1:2:ffff:ffff:ffff:ffff"));
        assertThat(block("2001:db8:1:2::1")).isNotEqualTo(block("2001:db8:1:3::1"));
    }

    @Test
    void eachIpv4AddressIsABlockAlsoInAMappedAddress() throws Exception {
        assertThat(block("192.0.2.1")).isNotEqualTo(block("192.0.2.2"));
        assertThat(mapped("c0000201")).isEqualTo(block("192.0.2.1"));
        assertThat(mapped("c0000202")).isEqualTo(block("192.0.2.2"));
        assertThat(block("::c000:201")).isNotEqualTo(block("192.0.2.1"));
    }

    private static RemoteBlock block(String address) throws UnknownHostException {
        return RemoteBlock.of(InetAddress.getByName(address));
    }

    /** As a socket that serves both families says it. */
    private static RemoteBlock mapped(String ipv4) throws UnknownHostException {
        byte[] bytes = HexFormat.of().parseHex("00000000000000000000ffff" + ipv4);
        return RemoteBlock.of(Inet6Address.getByAddress(null, bytes, -1));
    }
}
