package dev.sluice.media.bwe;

import dev.sluice.media.rtcp.TransportFeedback;
import dev.sluice.media.sim.Delivery;
import dev.sluice.media.sim.LinkConditions;
import dev.sluice.media.sim.SimulatedNetwork;
import dev.sluice.media.sim.VirtualTime;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * Flows that share one bottleneck, in virtual time: each a controller with a {@link PacedSource},
 * an {@link ArrivalLog} as receiver, and a way back for the feedback.
 */
final class ClosedLoop {

    static final long START_NANOS = -5_000_000_000_123L;

    private static final long STEP_NANOS = 1_000_000;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final long FEEDBACK_NANOS = 50_000_000;
    private static final long CLOCK_OFFSET_NANOS = 99_000_111_222_333L;
    private static final int HEAD_BYTES = 14;

    private final SimulatedNetwork<String> network;
    private final VirtualTime time = new VirtualTime(START_NANOS);
    private final List<Flow> flows = new ArrayList<>();
    private LongConsumer eachSecond = _ -> {};

    ClosedLoop(long seed, LinkConditions media, LinkConditions feedback) {
        network = new SimulatedNetwork<>(seed, feedback);
        media(media);
    }

    /** Sets the conditions of the bottleneck. */
    void media(LinkConditions conditions) {
        network.link("senders", "receivers", conditions);
    }

    /** Sets the conditions of the way back. */
    void feedback(LinkConditions conditions) {
        network.link("receivers", "senders", conditions);
    }

    /** Calls back each second with the seconds that have passed. */
    void eachSecond(LongConsumer callback) {
        eachSecond = callback;
    }

    /** A flow that sends from now on, and wants this much at most. */
    Flow add(EstimatorSettings settings, long mostBps) {
        var flow = new Flow(flows.size(), settings, mostBps, time.nowNanos());
        flows.add(flow);
        return flow;
    }

    long nowNanos() {
        return time.nowNanos();
    }

    void runSeconds(double seconds) {
        long endNanos = time.nowNanos() + (long) (seconds * NANOS_PER_SECOND);
        while (time.nowNanos() < endNanos) {
            long now = time.advance(STEP_NANOS);
            network.poll(now).forEach(this::deliver);
            flows.forEach(flow -> flow.step(now));
            if ((now - START_NANOS) % NANOS_PER_SECOND == 0) {
                eachSecond.accept((now - START_NANOS) / NANOS_PER_SECOND);
            }
        }
    }

    private void deliver(Delivery<String> delivery) {
        ByteBuf datagram = delivery.datagram();
        Flow flow = flows.get(datagram.readByte());
        if (delivery.to().equals("receivers")) {
            flow.onMedia(datagram, delivery.atNanos());
        } else {
            flow.onFeedback(datagram.readInt(), delivery.atNanos());
        }
    }

    /** One sender and its receiver. */
    final class Flow {

        final CongestionController controller;
        final PacedSource source;
        private final int index;
        private final ArrivalLog log = new ArrivalLog(1, FEEDBACK_NANOS);
        private final List<TransportFeedback> feedbacks = new ArrayList<>();
        private final List<long[]> arrivals = new ArrayList<>();
        private final List<Long> sends = new ArrayList<>();
        private int sent;
        private long wantedBps;
        private long allocatedBps;

        Flow(int index, EstimatorSettings settings, long mostBps, long nowNanos) {
            this.index = index;
            controller = new CongestionController(settings, nowNanos);
            source = new PacedSource(controller, mostBps, nowNanos);
            most(mostBps);
        }

        /** What the flow sends at most, and wants. */
        void most(long bps) {
            demand(bps, bps);
        }

        /** What the flow sends at most, and what it could use. */
        void demand(long allocated, long wanted) {
            allocatedBps = allocated;
            wantedBps = wanted;
            source.mostBps(allocated);
            controller.onDemand(
                    Math.min(allocated, controller.targetBps()), wanted, time.nowNanos());
        }

        private void step(long nowNanos) {
            controller.onDeadline(nowNanos);
            controller.onDemand(
                    Math.min(allocatedBps, controller.targetBps()), wantedBps, nowNanos);
            source.step(nowNanos, sizeBytes -> send(sizeBytes, nowNanos));
            log.onDeadline(nowNanos + CLOCK_OFFSET_NANOS, feedback -> answer(feedback, nowNanos));
        }

        private void send(int sizeBytes, long nowNanos) {
            int number = sent++ & 0xFFFF;
            controller.onPacketSent(number, 7, number, sizeBytes, source.probeId(), nowNanos);
            int length = Math.max(HEAD_BYTES, sizeBytes);
            ByteBuf datagram = Unpooled.buffer(length);
            datagram.writeByte(index).writeShort(number).writeLong(nowNanos);
            datagram.writerIndex(length);
            sends.add(nowNanos);
            network.send("senders", "receivers", datagram, nowNanos);
        }

        private void onMedia(ByteBuf datagram, long atNanos) {
            int sizeBytes = datagram.readableBytes() + 1;
            int number = datagram.readUnsignedShort();
            long delayNanos = atNanos - datagram.readLong();
            arrivals.add(new long[] {atNanos, sizeBytes, delayNanos});
            log.onPacket(number, 7, atNanos + CLOCK_OFFSET_NANOS);
        }

        private void answer(TransportFeedback feedback, long nowNanos) {
            ByteBuf datagram = Unpooled.buffer(feedback.sizeBytes() + HEAD_BYTES);
            datagram.writeByte(index).writeInt(feedbacks.size());
            datagram.writerIndex(feedback.sizeBytes() + HEAD_BYTES);
            feedbacks.add(feedback);
            network.send("receivers", "senders", datagram, nowNanos);
        }

        private void onFeedback(int number, long atNanos) {
            controller.onFeedback(feedbacks.get(number), atNanos);
        }

        /** The rate received between two seconds since the start. */
        double receivedBps(double fromSeconds, double toSeconds) {
            long bytes = within(fromSeconds, toSeconds).stream().mapToLong(one -> one[1]).sum();
            return bytes * 8 / (toSeconds - fromSeconds);
        }

        /** The one-way delay that so many percent of the packets did not exceed. */
        double delayMillis(int percent, double fromSeconds, double toSeconds) {
            long[] delays =
                    within(fromSeconds, toSeconds).stream()
                            .mapToLong(one -> one[2])
                            .sorted()
                            .toArray();
            return delays.length == 0 ? 0 : delays[(delays.length - 1) * percent / 100] / 1e6;
        }

        /** How many packets were sent between two seconds since the start. */
        long sentPackets(double fromSeconds, double toSeconds) {
            return sends.stream().filter(at -> isWithin(at, fromSeconds, toSeconds)).count();
        }

        private List<long[]> within(double fromSeconds, double toSeconds) {
            return arrivals.stream()
                    .filter(one -> isWithin(one[0], fromSeconds, toSeconds))
                    .toList();
        }

        private static boolean isWithin(long atNanos, double fromSeconds, double toSeconds) {
            double seconds = (atNanos - START_NANOS) / 1e9;
            return seconds >= fromSeconds && seconds < toSeconds;
        }
    }

    /** Packets dropped before the bottleneck. */
    long queueDrops() {
        return network.queueDrops();
    }
}
