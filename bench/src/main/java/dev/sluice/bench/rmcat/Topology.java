package dev.sluice.bench.rmcat;

import dev.sluice.media.bwe.EstimationMode;
import dev.sluice.media.bwe.EstimatorSettings;
import dev.sluice.media.sim.FlowPath;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * The dumbbell of RFC 8867 section 4: senders and receivers on both sides of one bottleneck, each
 * direction with its capacity and drop-tail queue; and all that runs over it.
 */
final class Topology {

    /** RFC 8867 section 4.2. */
    static final int DEFAULT_DELAY_MILLIS = 50;

    static final int DEFAULT_QUEUE_MILLIS = 300;

    /** RFC 8867 section 4.2: the bound of the end-to-end jitter. */
    static final int JITTER_MILLIS = 30;

    private static final long MILLI = 1_000_000;

    private static final EstimatorSettings SETTINGS =
            new EstimatorSettings(EstimationMode.HYBRID, 300_000, 50_000, 20_000_000);

    private final List<Actor> actors = new ArrayList<>();
    private final List<TcpFlow> tcpFlows = new ArrayList<>();
    private final List<Trace> mediaTraces = new ArrayList<>();
    private final List<Trace> forwardMedia = new ArrayList<>();
    private final List<Trace> tcpTraces = new ArrayList<>();
    private final Random seeds;
    private final double durationSeconds;
    private final Link forward;
    private final Link backward;
    private double lossRatio;

    Topology(
            double durationSeconds,
            int queueMillis,
            List<Link.Step> forward,
            List<Link.Step> backward,
            long seed) {
        this.durationSeconds = durationSeconds;
        this.forward = new Link(forward, queueMillis * MILLI);
        this.backward = new Link(backward, queueMillis * MILLI);
        seeds = new Random(seed);
        actors.add(this.forward);
        actors.add(this.backward);
    }

    /** Loses this share of the packets of flows that are added from now on. */
    void losing(double ratio) {
        lossRatio = ratio;
    }

    void mediaForward(String name, VideoSource.Range range, int delayMillis, Span... active) {
        media(name, route(forward, backward, delayMillis), range, active);
        forwardMedia.add(mediaTraces.getLast());
    }

    void mediaBackward(String name, VideoSource.Range range, int delayMillis, Span... active) {
        media(name, route(backward, forward, delayMillis), range, active);
    }

    void longTcp(String name, Span active) {
        var trace = trace(name, tcpTraces);
        add(TcpFlow.unending(route(forward, backward, DEFAULT_DELAY_MILLIS), trace, active));
    }

    /** One trace for all flows with the same. */
    void shortTcp(Trace trace, Span active, boolean startsIdle) {
        var route = route(forward, backward, DEFAULT_DELAY_MILLIS);
        add(TcpFlow.shortTransfers(route, trace, active, startsIdle, seeds.nextLong()));
    }

    Trace tcpTrace(String name) {
        return trace(name, tcpTraces);
    }

    void run() {
        long endNanos = (long) (durationSeconds * 1e9);
        for (long now = next(); now < endNanos; now = next()) {
            for (Actor actor : actors) {
                if (actor.nextNanos() <= now) {
                    actor.act(now);
                }
            }
            for (TcpFlow flow : tcpFlows) {
                flow.endTransfer(now);
            }
        }
    }

    double durationSeconds() {
        return durationSeconds;
    }

    Link forward() {
        return forward;
    }

    Link backward() {
        return backward;
    }

    List<Trace> mediaTraces() {
        return mediaTraces;
    }

    List<Trace> forwardMedia() {
        return forwardMedia;
    }

    List<Trace> tcpTraces() {
        return tcpTraces;
    }

    private long next() {
        long next = Long.MAX_VALUE;
        for (Actor actor : actors) {
            next = Math.min(next, actor.nextNanos());
        }
        return next;
    }

    private void media(
            String name, MediaFlow.Route route, VideoSource.Range range, Span... active) {
        var trace = trace(name, mediaTraces);
        var flow = new MediaFlow(route, SETTINGS, range, trace, seeds.nextLong(), active);
        actors.add(flow);
        actors.add(flow.receiver());
    }

    private void add(TcpFlow flow) {
        actors.add(flow);
        tcpFlows.add(flow);
    }

    private Trace trace(String name, List<Trace> traces) {
        var trace = new Trace(name, (long) (durationSeconds * 1e9));
        traces.add(trace);
        return trace;
    }

    private MediaFlow.Route route(Link data, Link reports, int delayMillis) {
        return new MediaFlow.Route(
                data, reports, path(delayMillis, lossRatio), path(delayMillis, 0));
    }

    private FlowPath path(int delayMillis, double loss) {
        return new FlowPath(delayMillis * MILLI, JITTER_MILLIS * MILLI, loss, seeds.nextLong());
    }
}
