package dev.sluice.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.Set;

/** What once was found is not found again. */
class SeedsTest {

    static Set<String> targets() {
        return FuzzTargets.all().keySet();
    }

    @ParameterizedTest
    @MethodSource("targets")
    void everyTargetTakesItsSeeds(String target) {
        assertThat(Seeds.of(target)).as("seeds of %s", target).isNotEmpty();
        for (byte[] seed : Seeds.of(target)) {
            assertThatCode(() -> FuzzTargets.named(target).accept(seed)).doesNotThrowAnyException();
        }
    }
}
