package dev.sluice.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;

import org.junit.jupiter.api.Test;

import java.util.List;

class NearestTest {

    @Test
    void countsInsertedDeletedReplacedAndSwappedLetters() {
        assertThat(Nearest.distance("port", "port")).isZero();
        assertThat(Nearest.distance("port", "ports")).isEqualTo(1);
        assertThat(Nearest.distance("port", "pot")).isEqualTo(1);
        assertThat(Nearest.distance("port", "part")).isEqualTo(1);
        assertThat(Nearest.distance("port", "prot")).isEqualTo(1);
        assertThat(Nearest.distance("port", "")).isEqualTo(4);
    }

    @Test
    void ignoresCase() {
        assertThat(Nearest.distance("waitforpublisher", "waitForPublisher")).isZero();
    }

    @Test
    void takesTheNearestOfSeveral() {
        assertThat(Nearest.to("maxSession", List.of("maxHandshakes", "maxSessions")))
                .contains("maxSessions");
    }

    @Test
    void takesNoneThatIsFar() {
        assertThat(Nearest.to("colour", List.of("port", "listen"))).isEmpty();
    }

    @Property
    void isSymmetricAndZeroForTheSame(
            @ForAll @StringLength(max = 12) String a, @ForAll @StringLength(max = 12) String b) {
        assertThat(Nearest.distance(a, b)).isEqualTo(Nearest.distance(b, a));
        assertThat(Nearest.distance(a, a)).isZero();
    }
}
