package dev.sluice.bench.runs;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How the frames of a stream came: in one burst, or paced.
 *
 * @param frames how many came
 * @param packetsPerFrame in the mean; NaN where none came
 * @param medianSpanMillis from the first packet of a frame to its last, over the frames of more
 *     than one packet; NaN where there is none
 * @param shareWithinMillisecond of the frames of more than one packet, 0 to 1; NaN likewise
 */
record FramePattern(
        int frames,
        double packetsPerFrame,
        double medianSpanMillis,
        double shareWithinMillisecond) {

    /** Where nothing was captured. */
    static final FramePattern UNKNOWN = of(List.of());

    private static final double NANOS_PER_MILLI = 1e6;

    /** Of the stream that has the most packets; the others are retransmissions and padding. */
    static FramePattern of(List<Arrival> arrivals) {
        Collection<List<Arrival>> frames = framesOf(largest(arrivals));
        List<Double> spans =
                frames.stream()
                        .filter(frame -> frame.size() > 1)
                        .map(FramePattern::spanMillis)
                        .sorted()
                        .toList();
        long packets = frames.stream().mapToLong(List::size).sum();
        return new FramePattern(
                frames.size(),
                share(packets, frames.size()),
                spans.isEmpty() ? Double.NaN : spans.get(spans.size() / 2),
                share(spans.stream().filter(millis -> millis <= 1).count(), spans.size()));
    }

    private static Collection<List<Arrival>> framesOf(List<Arrival> stream) {
        Map<Long, List<Arrival>> frames = new LinkedHashMap<>();
        for (Arrival one : stream) {
            frames.computeIfAbsent(one.timestamp(), timestamp -> new ArrayList<>()).add(one);
        }
        return frames.values();
    }

    private static List<Arrival> largest(List<Arrival> arrivals) {
        return arrivals.stream().collect(Collectors.groupingBy(Arrival::ssrc)).values().stream()
                .reduce(List.of(), (one, other) -> other.size() > one.size() ? other : one);
    }

    private static double spanMillis(List<Arrival> frame) {
        return (frame.getLast().nanos() - frame.getFirst().nanos()) / NANOS_PER_MILLI;
    }

    private static double share(long part, long whole) {
        return whole == 0 ? Double.NaN : (double) part / whole;
    }
}
