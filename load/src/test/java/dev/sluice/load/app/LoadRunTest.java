package dev.sluice.load.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.load.report.JoinFigures;
import dev.sluice.load.report.LoadReport;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;

/** Runs in which clients fail: who was waited for until the timeout would be told by that. */
@Timeout(240)
class LoadRunTest {

    private static final PrintStream SILENCE =
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);

    private static LoadReport run(LoadPlan plan) throws IOException, InterruptedException {
        try (LoadRun run = new LoadRun(plan, SILENCE)) {
            return run.run();
        }
    }

    @Test
    void aPublisherWhoseIceFailsHasNotJoinedAndTheRunGoesOnWithTheOther() throws Exception {
        try (WhipServer server = new WhipServer(Set.of("/whip/0"))) {
            LoadReport report = run(TestPlans.of(server.root(), 2, 1, 2));

            JoinFigures publishers = report.publishers();
            assertThat(publishers.asked()).isEqualTo(2);
            assertThat(publishers.failures()).containsExactly(Map.entry("ice", 1));
            assertThat(publishers.details().getFirst()).contains("no UDP candidate");
            assertThat(publishers.joined()).isEqualTo(1);
            assertThat(publishers.failed()).isEqualTo(1);
            assertThat(publishers.lost()).isZero();
            assertThat(publishers.left()).isEqualTo(1);
            assertThat(report.subscribers().asked()).isEqualTo(1);
            assertThat(report.isComplete()).isTrue();
            assertThat(server.deleted()).containsExactly("/whip/0/session", "/whip/1/session");
        }
    }

    @Test
    void whereIceFailsForAllThatPublishNobodyWatchesAndTheRunEnds() throws Exception {
        try (WhipServer server = new WhipServer(Set.of("/whip/0", "/whip/1"))) {
            LoadReport report = run(TestPlans.of(server.root(), 2, 3, 2));

            assertThat(report.publishers().failures()).containsExactly(Map.entry("ice", 2));
            assertThat(report.publishers().details().getFirst()).contains("no UDP candidate");
            assertThat(report.publishers().notEnded()).isZero();
            assertThat(report.subscribers().asked()).isZero();
            assertThat(report.failures()).isEqualTo(2);
            assertThat(server.deleted()).containsExactly("/whip/0/session", "/whip/1/session");
        }
    }
}
