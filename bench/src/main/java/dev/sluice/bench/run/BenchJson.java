package dev.sluice.bench.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.sluice.bench.process.Cores;

/** The results for programs; the keys are described in {@code docs/performance.md}. */
final class BenchJson {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private BenchJson() {}

    static String of(Results results, Cores cores) {
        ObjectNode root = MAPPER.createObjectNode();
        root.put("cores", cores.toString());
        root.put("met", results.isMet());
        ArrayNode rows = root.putArray("rows");
        results.rows().forEach(row -> rows.add(row(row)));
        ArrayNode bars = root.putArray("bars");
        results.bars().forEach(bar -> bars.add(bar(bar)));
        results.remarks().forEach(root.putArray("remarks")::add);
        results.doubts().forEach(root.putArray("doubts")::add);
        results.failures().forEach(root.putArray("failures")::add);
        try {
            return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A tree of numbers and texts cannot be written", e);
        }
    }

    private static ObjectNode row(Row row) {
        ObjectNode node = MAPPER.createObjectNode();
        node.put("scenario", row.scenario().id());
        node.put("server", row.subject().name());
        node.put("rounds", row.trials().size());
        spread(node, "nanosPerPacket", row.of(Trial::nanosPerPacket));
        spread(node, "loopNanos", row.of(Trial::loopNanos));
        spread(node, "compilerNanos", row.of(Trial::compilerNanos));
        spread(node, "collectorNanos", row.of(Trial::collectorNanos));
        spread(node, "floorNanos", row.of(trial -> trial.floor().nanos()));
        spread(node, "pausingFloorNanos", row.of(trial -> trial.floor().pausingNanos()));
        spread(node, "overFloor", row.overFloor());
        spread(node, "overJanus", row.overJanus());
        spread(node, "meanRun", row.of(Trial::meanRun));
        spread(node, "shareAlone", row.of(BenchJson::shareAlone));
        spread(node, "packetBytes", row.of(trial -> trial.load().meanPacketBytes()));
        spread(node, "deliveredPercent", row.of(Trial::deliveredPercent));
        spread(node, "delayP50Millis", row.of(trial -> trial.load().delayP50Millis()));
        spread(node, "delayP99Millis", row.of(trial -> trial.load().delayP99Millis()));
        spread(node, "delayP999Millis", row.of(trial -> trial.load().delayP999Millis()));
        spread(node, "delayMaxMillis", row.of(trial -> trial.load().delayMaxMillis()));
        spread(node, "joinsPerSecond", row.of(trial -> trial.load().joinsPerSecond()));
        spread(node, "joinP50Millis", row.of(trial -> trial.load().joinP50Millis()));
        spread(node, "joinP95Millis", row.of(trial -> trial.load().joinP95Millis()));
        spread(node, "cpuPercent", row.of(trial -> trial.load().cpuPercent()));
        spread(node, "loadCpuPercent", row.of(trial -> trial.load().generatorCpuPercent()));
        spread(node, "othersCpuPercent", row.of(Trial::othersPercent));
        spread(node, "rssMib", row.of(trial -> trial.load().rssMib()));
        spread(node, "worstPauseMillis", row.of(trial -> trial.gc().worstMillis()));
        return node;
    }

    private static double shareAlone(Trial trial) {
        SendRuns sends = trial.span().sends();
        return sends == null ? Double.NaN : sends.shareAlone();
    }

    private static void spread(ObjectNode node, String key, Spread spread) {
        ObjectNode figures = node.putObject(key);
        number(figures, "median", spread.median());
        number(figures, "least", spread.least());
        number(figures, "most", spread.most());
    }

    private static ObjectNode bar(Bar bar) {
        ObjectNode node = MAPPER.createObjectNode();
        node.put("name", bar.name());
        number(node, "figure", bar.figure());
        number(node, "limit", bar.limit());
        node.put("unit", bar.unit());
        node.put("met", bar.isMet());
        return node;
    }

    private static void number(ObjectNode node, String key, double value) {
        if (Double.isFinite(value)) {
            node.put(key, value);
        } else {
            node.putNull(key);
        }
    }
}
