package dev.sluice.bench.run;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;

class BenchChecksTest {

    @Test
    void tellsWhichNumberIsOutOfWhichBounds() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BenchChecks.requireWithin("--rounds", 0, 1, 9))
                .withMessage("--rounds: expected 1 to 9, found 0");
        assertThatCode(() -> BenchChecks.requireWithin("--rounds", 9, 1, 9))
                .doesNotThrowAnyException();
    }

    @Test
    void tellsWhichNameThereIsNot() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                BenchChecks.requireKnown(
                                        "--only", List.of("b", "c"), List.of("a", "b")))
                .withMessage("--only: expected some of a, b, found 'c'");
    }

    @Test
    void wantsAFileThatCanBeWritten(@TempDir Path folder) {
        assertThatCode(() -> BenchChecks.requireWritable("--json", folder.resolve("new.json")))
                .doesNotThrowAnyException();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BenchChecks.requireWritable("--json", folder))
                .withMessageStartingWith("--json: expected a file that can be written, found");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> BenchChecks.requireWritable("--json", folder.resolve("no/new.json")));
    }
}
