package dev.sluice.load.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.sluice.load.count.ReceivedTotals;
import dev.sluice.load.count.SentTotals;

import java.util.TreeMap;

/** A report as JSON. The keys are a contract with those who read it: see {@code docs/load.md}. */
public final class ReportJson {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double BYTES_PER_MEBIBYTE = 1 << 20;
    private static final double THOUSAND = 1000;

    private ReportJson() {}

    /** The text, with a line for each key. */
    public static String write(LoadReport report) {
        try {
            return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(node(report));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A tree of numbers and texts cannot be written", e);
        }
    }

    static ObjectNode node(LoadReport report) {
        ObjectNode root = MAPPER.createObjectNode();
        root.set("plan", MAPPER.valueToTree(report.plan()));
        root.put("complete", report.isComplete());
        root.put("measuredSeconds", rounded(report.seconds()));
        root.put("failures", report.failures());
        root.set("publishers", joins(report.publishers(), false));
        root.set("subscribers", joins(report.subscribers(), true));
        if (report.churn() != null) {
            root.set("churn", joins(report.churn(), true));
        }
        root.set("sent", sent(report));
        root.set("received", received(report));
        root.set("delayMs", spread(report.delay()));
        if (report.server() != null) {
            root.set("server", server(report, report.server()));
        }
        if (report.serverIsGone()) {
            root.put("serverGone", true);
        }
        root.set("generator", generator(report));
        return root;
    }

    private static ObjectNode joins(JoinFigures joins, boolean watch) {
        ObjectNode node = MAPPER.createObjectNode();
        node.put("asked", joins.asked());
        node.put("joined", joins.joined());
        node.put("failed", joins.failed());
        node.put("lost", joins.lost());
        node.put("left", joins.left());
        node.put("notEnded", joins.notEnded());
        node.put("joinsPerSecond", rounded(joins.perSecond()));
        ObjectNode failures = node.putObject("failures");
        new TreeMap<>(joins.failures()).forEach(failures::put);
        joins.details().forEach(node.putArray("failureDetails")::add);
        node.set("joinMs", spread(joins.join()));
        if (watch) {
            node.set("keyFrameMs", spread(joins.keyFrame()));
        }
        return node;
    }

    private static ObjectNode sent(LoadReport report) {
        SentTotals sent = report.sent();
        ObjectNode node = MAPPER.createObjectNode();
        node.put("packets", sent.packets());
        node.put("bytes", sent.bytes());
        node.put("packetsPerSecond", rounded(report.perSecond(sent.packets())));
        node.put("kbps", kbps(report, sent.bytes()));
        node.put("frames", sent.frames());
        node.put("keyFrames", sent.keyFrames());
        node.put("keyFrameRequests", sent.keyFrameRequests());
        node.put("nackedPackets", sent.nackedPackets());
        node.put("retransmissions", sent.retransmissions());
        return node;
    }

    private static ObjectNode received(LoadReport report) {
        ReceivedTotals received = report.received();
        ObjectNode node = MAPPER.createObjectNode();
        node.put("packets", received.datagrams());
        node.put("bytes", received.bytes());
        node.put("packetsPerSecond", rounded(report.perSecond(received.datagrams())));
        node.put("kbps", kbps(report, received.bytes()));
        node.put("kbpsPerSubscriber", perSubscriber(report));
        node.put("expected", received.expected());
        node.put("received", received.received());
        node.put("recovered", received.recovered());
        node.put("pending", received.pending());
        node.put("lost", received.lost());
        node.put("lossPercent", rounded(report.lossPercent()));
        node.put("injectedLoss", received.injected());
        node.put("nackedPackets", received.requested());
        node.put("retransmissions", received.retransmissions());
        node.put("padding", received.padding());
        node.put("duplicates", received.duplicates());
        node.put("authenticated", received.authenticated());
        node.put("rejected", received.rejected());
        node.put("unknown", received.unknown());
        return node;
    }

    /** Of those that stay: what the others got tells nothing of one of them. */
    private static double perSubscriber(LoadReport report) {
        int joined = report.subscribers().joined();
        long bytes = report.received().bytes() - report.passingBytes();
        return joined == 0 ? 0 : rounded(kbps(report, bytes) / joined);
    }

    private static ObjectNode server(LoadReport report, ProcessFigures process) {
        ObjectNode node = process(process);
        node.put("forwardedPackets", report.forwardedPackets());
        node.put("cpuNanosPerPacket", rounded(report.serverNanosPerPacket()));
        return node;
    }

    private static ObjectNode generator(LoadReport report) {
        ObjectNode node = process(report.generator());
        node.put("socketDrops", report.socketDrops());
        node.put("sendQueueFull", report.sendQueueFull());
        node.put("worstLatenessMs", millis(report.worstLatenessNanos()));
        return node;
    }

    private static ObjectNode process(ProcessFigures process) {
        ObjectNode node = MAPPER.createObjectNode();
        if (process.isCpuKnown()) {
            node.put("cpuSeconds", rounded(process.cpuNanos() / NANOS_PER_SECOND));
            node.put("cpuPercent", rounded(process.cpuPercent()));
        }
        node.put("rssStartMib", mebibytes(process.rssStartBytes()));
        node.put("rssEndMib", mebibytes(process.rssEndBytes()));
        node.put("rssPeakMib", mebibytes(process.peakRssBytes()));
        return node;
    }

    private static ObjectNode spread(Distribution times) {
        ObjectNode node = MAPPER.createObjectNode();
        node.put("count", times.count());
        node.put("p50", millis(times.p50Nanos()));
        node.put("p90", millis(times.p90Nanos()));
        node.put("p95", millis(times.p95Nanos()));
        node.put("p99", millis(times.p99Nanos()));
        node.put("p999", millis(times.p999Nanos()));
        node.put("max", millis(times.maxNanos()));
        return node;
    }

    private static double kbps(LoadReport report, long bytes) {
        return rounded(report.perSecond(bytes) * Byte.SIZE / THOUSAND);
    }

    private static double mebibytes(long bytes) {
        return rounded(bytes / BYTES_PER_MEBIBYTE);
    }

    private static double millis(long nanos) {
        return rounded(nanos / NANOS_PER_MILLI);
    }

    /** To three places. */
    private static double rounded(double value) {
        return Math.round(value * THOUSAND) / THOUSAND;
    }
}
