package dev.sluice.bench.rmcat;

import dev.sluice.media.sim.FlowPath;
import dev.sluice.media.sim.SharedBottleneck;
import dev.sluice.media.time.Deadline;

import java.util.ArrayList;
import java.util.List;

/** One direction through the bottleneck, whose rate changes as planned. */
final class Link implements Actor {

    /**
     * @param atNanos when the rate changes
     */
    record Step(long atNanos, long rateBps) {}

    private final SharedBottleneck<Packet<?>> bottleneck;
    private final List<Step> steps;
    private int next = 1;

    /**
     * @param steps the first of them at the beginning
     */
    Link(List<Step> steps, long maxQueueNanos) {
        this.steps = new ArrayList<>(steps);
        bottleneck = new SharedBottleneck<>(steps.getFirst().rateBps(), maxQueueNanos);
    }

    /** False when the packet is lost. */
    boolean send(Packet<?> packet, FlowPath path, long nowNanos) {
        return bottleneck.send(packet, packet.sizeBytes(), path, nowNanos);
    }

    /** The capacity at an instant. */
    long rateBps(long atNanos) {
        long rateBps = 0;
        for (Step step : steps) {
            if (step.atNanos() <= atNanos) {
                rateBps = step.rateBps();
            }
        }
        return rateBps;
    }

    List<Step> steps() {
        return steps;
    }

    @Override
    public long nextNanos() {
        return Math.min(bottleneck.nextNanos(), nextStepNanos());
    }

    @Override
    public void act(long nowNanos) {
        if (nextStepNanos() <= nowNanos) {
            bottleneck.rate(steps.get(next).rateBps(), nowNanos);
            next++;
        }
        bottleneck.poll(nowNanos, Packet::arrive);
    }

    private long nextStepNanos() {
        return next < steps.size() ? steps.get(next).atNanos() : Deadline.NEVER;
    }
}
