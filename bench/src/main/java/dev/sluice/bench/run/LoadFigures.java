package dev.sluice.bench.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.sluice.bench.process.BenchException;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What {@code sluice load} has measured; its JSON is described in {@code docs/load.md}.
 *
 * @param sentPackets of all publishers
 * @param receivedPackets of all viewers
 * @param receivedBytes with SRTP's tag
 * @param cpuNanosPerPacket user and system time of the server for a packet that a viewer received
 * @param cpuPercent 100 is one core
 * @param lost viewers that had joined and were gone at the end
 * @param failures of clients, of whatever kind
 * @param failureDetails of the first few of each kind of client, in words
 * @param socketDrops what the server sent and the load tool was too slow to take
 */
record LoadFigures(
        double seconds,
        long sentPackets,
        long receivedPackets,
        long receivedBytes,
        double lossPercent,
        double cpuNanosPerPacket,
        double cpuPercent,
        double generatorCpuPercent,
        double rssMib,
        double delayP50Millis,
        double delayP99Millis,
        double delayP999Millis,
        double delayMaxMillis,
        double joinsPerSecond,
        double joinP50Millis,
        double joinP95Millis,
        int joined,
        int asked,
        int lost,
        int failures,
        List<String> failureDetails,
        long socketDrops) {

    private static final ObjectMapper JSON = new ObjectMapper();

    static LoadFigures read(Path file) {
        try {
            return of(JSON.readTree(file.toFile()));
        } catch (IOException e) {
            throw new BenchException("The load tool left no report in " + file, e);
        }
    }

    static LoadFigures of(JsonNode report) {
        JsonNode received = report.path("received");
        JsonNode server = report.path("server");
        JsonNode delay = report.path("delayMs");
        JsonNode viewers = report.path("subscribers");
        return new LoadFigures(
                number(report, "measuredSeconds"),
                report.path("sent").path("packets").asLong(),
                received.path("packets").asLong(),
                received.path("bytes").asLong(),
                number(received, "lossPercent"),
                number(server, "cpuNanosPerPacket"),
                number(server, "cpuPercent"),
                number(report.path("generator"), "cpuPercent"),
                number(server, "rssEndMib"),
                number(delay, "p50"),
                number(delay, "p99"),
                number(delay, "p999"),
                number(delay, "max"),
                number(viewers, "joinsPerSecond"),
                number(viewers.path("joinMs"), "p50"),
                number(viewers.path("joinMs"), "p95"),
                viewers.path("joined").asInt(),
                viewers.path("asked").asInt(),
                viewers.path("lost").asInt(),
                report.path("failures").asInt(),
                failureDetails(report),
                report.path("generator").path("socketDrops").asLong());
    }

    private static List<String> failureDetails(JsonNode report) {
        return Stream.of("publishers", "subscribers", "churn")
                .flatMap(group -> report.path(group).path("failureDetails").valueStream())
                .map(JsonNode::asText)
                .toList();
    }

    private static double number(JsonNode node, String key) {
        return node.path(key).asDouble(Double.NaN);
    }

    /** Of the whole SRTP packet. */
    double meanPacketBytes() {
        return receivedPackets == 0 ? Double.NaN : (double) receivedBytes / receivedPackets;
    }

    /**
     * What came of what should have come, in percent; over 100 where padding or retransmissions
     * came too.
     *
     * @param viewersEach of each publisher
     */
    double deliveredPercent(int viewersEach) {
        return sentPackets == 0
                ? Double.NaN
                : 100.0 * receivedPackets / ((double) sentPackets * viewersEach);
    }
}
