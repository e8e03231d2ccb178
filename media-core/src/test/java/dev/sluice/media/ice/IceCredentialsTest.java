package dev.sluice.media.ice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;

class IceCredentialsTest {

    @Test
    void drawsLongDistinctCredentials() {
        var random = new Random(1);
        Set<String> ufrags = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            var credentials = IceCredentials.random(random);
            ufrags.add(credentials.ufrag());
            assertThat(credentials.ufrag()).matches("[A-Za-z0-9+/]{8,}");
            assertThat(credentials.password()).matches("[A-Za-z0-9+/]{24,}");
        }
        assertThat(ufrags).hasSize(1000);
    }

    @Test
    void refusesWhatIsNotOfTheGrammar() {
        String password = "abcdefghijklmnopqrstuvwx";
        assertThatThrownBy(() -> new IceCredentials("abc", password)).hasMessageContaining("'abc'");
        assertThatThrownBy(() -> new IceCredentials("ab:cd", password))
                .hasMessageContaining("ufrag");
        assertThatThrownBy(() -> new IceCredentials("abcd", "short"))
                .hasMessageContaining("22 to 256");
    }

    @Test
    void neverPrintsThePassword() {
        String password = "abcdefghijklmnopqrstuvwx";
        assertThat(new IceCredentials("abcd", password).toString()).doesNotContain(password);
    }
}
