package dev.sluice.load.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.sluice.load.count.ReceivedTotals;
import dev.sluice.load.count.SentTotals;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.List;
import java.util.Map;

class ReportJsonTest {

    private static final long SECOND = 1_000_000_000L;

    private static final Distribution TIMES =
            new Distribution(4, 1_000_000, 2_000_000, 3_000_000, 4_000_000, 5_000_000, 6_500_000);

    private static final PlanFigures PLAN =
            new PlanFigures(
                    "http://h/whip/a",
                    "http://h/whep/a",
                    1,
                    4,
                    1,
                    List.of("vp8"),
                    600,
                    40,
                    30,
                    10,
                    10,
                    3,
                    20,
                    1.5,
                    7,
                    "sample",
                    1,
                    0,
                    5);

    private static LoadReport report() {
        return new LoadReport(
                PLAN,
                new JoinFigures(1, 1, 1, 0, 0, "", Map.of(), List.of(), TIMES, TIMES, 2),
                new JoinFigures(
                        4,
                        3,
                        2,
                        0,
                        2,
                        "/s answered 404",
                        Map.of("ice", 1),
                        List.of("ice: no"),
                        TIMES,
                        TIMES,
                        8),
                null,
                true,
                10 * SECOND,
                new SentTotals(1000, 1_000_000, 300, 2, 5, 6, 7),
                new ReceivedTotals(
                        4000, 4_000_000, 4100, 3950, 100, 10, 0, 3, 160, 110, 12, 80, 500, 2, 1),
                1_000_000,
                TIMES,
                new ProcessFigures(SECOND / 2, 10 * SECOND, 1 << 20, 2 << 20, 3 << 20),
                true,
                new ProcessFigures(SECOND, 10 * SECOND, 0, 0, 0),
                11,
                9,
                1_500_000);
    }

    private static JsonNode json() throws IOException {
        return new ObjectMapper().readTree(ReportJson.write(report()));
    }

    @Test
    void tellsThePlanWithoutAnyToken() throws IOException {
        JsonNode plan = json().get("plan");

        assertThat(plan.get("subscribers").asInt()).isEqualTo(4);
        assertThat(plan.get("codecs").get(0).asText()).isEqualTo("vp8");
        assertThat(plan.get("lossPercent").asDouble()).isEqualTo(1.5);
        assertThat(plan.has("token")).isFalse();
    }

    @Test
    void tellsWhoJoinedAndWhoFailedWhy() throws IOException {
        JsonNode viewers = json().get("subscribers");

        assertThat(viewers.get("joined").asInt()).isEqualTo(3);
        assertThat(viewers.get("failed").asInt()).isEqualTo(1);
        assertThat(viewers.get("failures").get("ice").asInt()).isEqualTo(1);
        assertThat(viewers.get("joinsPerSecond").asDouble()).isEqualTo(8);
        assertThat(viewers.get("joinMs").get("p95").asDouble()).isEqualTo(3);
        assertThat(viewers.get("keyFrameMs").get("max").asDouble()).isEqualTo(6.5);
        assertThat(json().get("failures").asInt()).isEqualTo(1);
        assertThat(json().has("churn")).isFalse();
    }

    @Test
    void tellsWhatWasLostOfWhatWasExpected() throws IOException {
        JsonNode received = json().get("received");

        assertThat(received.get("packets").asLong()).isEqualTo(4000);
        assertThat(received.get("packetsPerSecond").asDouble()).isEqualTo(400);
        assertThat(received.get("kbps").asDouble()).isEqualTo(3200);
        assertThat(received.get("kbpsPerSubscriber").asDouble()).isEqualTo(800);
        assertThat(received.get("expected").asLong()).isEqualTo(4100);
        assertThat(received.get("lost").asLong()).isEqualTo(40);
        assertThat(received.get("lossPercent").asDouble()).isEqualTo(0.976);
        assertThat(received.get("retransmissions").asLong()).isEqualTo(110);
    }

    @Test
    void tellsWhatAForwardedPacketCostTheServer() throws IOException {
        JsonNode server = json().get("server");

        assertThat(server.get("cpuPercent").asDouble()).isEqualTo(5);
        assertThat(server.get("forwardedPackets").asLong()).isEqualTo(4080);
        assertThat(server.get("cpuNanosPerPacket").asDouble()).isEqualTo(122_549.02);
        assertThat(server.get("rssEndMib").asDouble()).isEqualTo(2);
    }

    @Test
    void tellsTheDelayInMilliseconds() throws IOException {
        JsonNode delay = json().get("delayMs");

        assertThat(delay.get("count").asLong()).isEqualTo(4);
        assertThat(delay.get("p50").asDouble()).isEqualTo(1);
        assertThat(delay.get("p999").asDouble()).isEqualTo(5);
        assertThat(json().get("generator").get("socketDrops").asLong()).isEqualTo(11);
        assertThat(json().get("generator").get("worstLatenessMs").asDouble()).isEqualTo(1.5);
    }

    @Test
    void tellsThatTheServerIsGone() throws IOException {
        assertThat(json().get("serverGone").asBoolean()).isTrue();
        assertThat(report().isFlawless()).isFalse();
        assertThat(ReportText.write(report())).contains("the server's process is gone");
    }

    @Test
    void theTableTellsTheSame() {
        String text = ReportText.write(report());

        assertThat(text)
                .contains("3 of 4 joined")
                .contains("failed: ice 1")
                .contains("2 not ended by DELETE, left to the server: /s answered 404")
                .contains("40 of 4100 media packets (0.976 %)")
                .contains("122549 ns for a forwarded packet");
    }
}
