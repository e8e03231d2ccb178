package dev.sluice.load.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.net.InetAddress;

class LocalRouteTest {

    @Test
    void toThisMachineItBeginsAtItsLoopbackAddress() throws IOException {
        LocalRoute route = LocalRoute.towards("127.0.0.1");

        assertThat(route.address()).isEqualTo(InetAddress.ofLiteral("127.0.0.1"));
        assertThat(route.any()).isEqualTo(InetAddress.ofLiteral("0.0.0.0"));
    }

    @ParameterizedTest
    @CsvSource({"192.0.2.7, 0.0.0.0", "2001:db8::7, ::", "::1, ::"})
    void socketsAreBoundToAnyAddressOfItsFamily(String address, String any) {
        LocalRoute route = LocalRoute.from(InetAddress.ofLiteral(address));

        assertThat(route.address()).isEqualTo(InetAddress.ofLiteral(address));
        assertThat(route.any()).isEqualTo(InetAddress.ofLiteral(any));
    }

    @Test
    void thereIsNoneToWhatNoNameServerKnows() {
        // Brackets with no address between them are asked of nobody.
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> LocalRoute.towards("[nowhere]"))
                .withMessageContaining("nowhere");
    }
}
