package dev.sluice.load.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.URI;

class EndpointTest {

    @Test
    void putsTheNumberWhereItIsWanted() {
        Endpoint endpoint = new Endpoint("http://h:80/whip/a{n}/x?y=1");

        assertThat(endpoint.ofStream(3, 1)).isEqualTo(URI.create("http://h:80/whip/a3/x?y=1"));
        assertThat(endpoint.host()).isEqualTo("h");
    }

    @Test
    void addsTheNumberWhereThereAreSeveralStreams() {
        Endpoint endpoint = new Endpoint("https://h/whip/a?y=1");

        assertThat(endpoint.ofStream(0, 1)).isEqualTo(URI.create("https://h/whip/a?y=1"));
        assertThat(endpoint.ofStream(2, 5)).isEqualTo(URI.create("https://h/whip/a-2?y=1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "host/path", "ftp://h/x", "http:///x", "http://h/a b"})
    void refusesWhatIsNoAddressOfHttp(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Endpoint(text))
                .withMessageContaining("'" + text + "'");
    }
}
