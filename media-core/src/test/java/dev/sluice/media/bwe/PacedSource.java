package dev.sluice.media.bwe;

import org.jspecify.annotations.Nullable;

import java.util.function.IntConsumer;

/**
 * The sending side of a test: frames at what the controller allows, paced by the millisecond, and
 * padding for probes.
 */
final class PacedSource {

    static final int PACKET_BYTES = 1200;

    private static final long FRAME_NANOS = 33_333_333;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final CongestionController controller;
    private long mostBps;
    private long nextFrameNanos;
    private double queuedBytes;
    private int keyFrameInterval = 1;
    private double keyFrameShare = 1;
    private int frames;
    private double budgetBytes;
    private @Nullable Probe probe;
    private double probeBudgetBytes;
    private int probePackets;
    private int probeBytes;
    private int probes;

    PacedSource(CongestionController controller, long mostBps, long startNanos) {
        this.controller = controller;
        this.mostBps = mostBps;
        nextFrameNanos = startNanos;
    }

    /** What the source sends at most; 0 pauses it. */
    void mostBps(long bps) {
        mostBps = bps;
    }

    /** Makes each so many-th frame so many times as large as the mean of all. */
    void keyFrames(int interval, double timesMean) {
        keyFrameInterval = interval;
        keyFrameShare = timesMean;
    }

    /** The probe that a packet sent now belongs to. */
    int probeId() {
        return probe == null ? Probe.NONE : probe.id();
    }

    /** How many probes were asked for. */
    int probes() {
        return probes;
    }

    /** A millisecond has passed; gives the size of each packet to send. */
    void step(long nowNanos, IntConsumer packets) {
        while (nowNanos - nextFrameNanos >= 0) {
            nextFrameNanos += FRAME_NANOS;
            long bps = Math.min(mostBps, controller.targetBps());
            queuedBytes += bps * (FRAME_NANOS / 8e9) * timesMean(frames++);
        }
        if (mostBps > 0) {
            probe(packets);
        }
        double rateBytes = controller.pacingBps() * (NANOS_PER_MILLI / 8e9);
        budgetBytes = Math.min(budgetBytes + rateBytes, Math.max(rateBytes, PACKET_BYTES));
        while (queuedBytes >= 1 && budgetBytes > 0) {
            send((int) Math.min(queuedBytes, PACKET_BYTES), packets);
        }
    }

    private double timesMean(int frame) {
        boolean isKey = frame % keyFrameInterval == 0;
        return isKey ? keyFrameShare : (keyFrameInterval - keyFrameShare) / (keyFrameInterval - 1);
    }

    private void probe(IntConsumer packets) {
        if (probe == null) {
            probe = controller.pollProbe();
            probes += probe == null ? 0 : 1;
            probePackets = 0;
            probeBytes = 0;
            probeBudgetBytes = PACKET_BYTES;
        }
        if (probe != null) {
            probeBudgetBytes += probe.bps() * (NANOS_PER_MILLI / 8e9);
            sendProbe(probe, packets);
        }
    }

    private void sendProbe(Probe current, IntConsumer packets) {
        while (probe != null && probeBudgetBytes >= PACKET_BYTES) {
            probeBudgetBytes -= PACKET_BYTES;
            probePackets++;
            probeBytes += PACKET_BYTES;
            send(PACKET_BYTES, packets);
            if (probePackets >= current.minPackets() && probeBytes >= current.minBytes()) {
                probe = null;
            }
        }
    }

    private void send(int sizeBytes, IntConsumer packets) {
        queuedBytes = Math.max(0, queuedBytes - sizeBytes);
        budgetBytes -= sizeBytes;
        packets.accept(sizeBytes);
    }
}
