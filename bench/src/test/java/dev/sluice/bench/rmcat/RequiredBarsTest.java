package dev.sluice.bench.rmcat;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** What bin/bwe-report requires, held in every build: the same cases and seeds. */
class RequiredBarsTest {

    static Stream<TestCase> cases() {
        return Stream.concat(Rfc8867.all().stream(), FurtherCases.all().stream());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theMedianOfTheRunsMeetsEachBar(TestCase test) {
        List<CaseResult> runs =
                LongStream.range(0, BweReport.RUNS)
                        .parallel()
                        .map(run -> BweReport.FIRST_SEED + run)
                        .mapToObj(test.run())
                        .toList();
        assertThat(new CaseSummary(runs).bars()).allMatch(JudgedBar::isMet);
    }
}
