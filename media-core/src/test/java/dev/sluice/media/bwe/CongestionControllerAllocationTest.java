package dev.sluice.media.bwe;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;

import dev.sluice.media.rtcp.PacketArrivals;
import dev.sluice.media.rtcp.TransportFeedback;

import org.junit.jupiter.api.Test;

import java.lang.management.ManagementFactory;

class CongestionControllerAllocationTest {

    private static final int PACKETS = 100_000;
    private static final int PACKETS_PER_FEEDBACK = 20;
    private static final long PACKET_NANOS = 2_000_000;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final CongestionController controller =
            new CongestionController(
                    new EstimatorSettings(EstimationMode.HYBRID, 3_000_000, 50_000, 9_000_000), 0);
    private final PacketArrivals arrivals = arrivals();
    private long now;
    private int sent;
    private long feedbackBytes;

    /** The feedbacks are the reader's, and a probe now and then is a record. */
    @Test
    void neitherAPacketNorAFeedbackAllocates() {
        run();
        feedbackBytes = 0;
        long before = threads.getCurrentThreadAllocatedBytes();
        run();
        long bytes = threads.getCurrentThreadAllocatedBytes() - before - feedbackBytes;
        assertThat(bytes).isLessThan(PACKETS);
    }

    private void run() {
        for (int i = 0; i < PACKETS; i++) {
            now += PACKET_NANOS;
            controller.onPacketSent(sent & 0xFFFF, 7, sent & 0xFFFF, 1_200, 0, now);
            sent++;
            if (sent % PACKETS_PER_FEEDBACK == 0) {
                acknowledge();
                controller.onDeadline(now);
            }
        }
    }

    private void acknowledge() {
        long before = threads.getCurrentThreadAllocatedBytes();
        int base = (sent - PACKETS_PER_FEEDBACK) & 0xFFFF;
        long first = now - (PACKETS_PER_FEEDBACK - 1) * PACKET_NANOS;
        int reference = (int) (first / TransportFeedback.REFERENCE_NANOS);
        var feedback =
                new TransportFeedback(
                        1, 2, base, PACKETS_PER_FEEDBACK, (reference << 8) >> 8, 0, arrivals);
        feedbackBytes += threads.getCurrentThreadAllocatedBytes() - before;
        controller.onFeedback(feedback, now + 50_000_000);
    }

    private static PacketArrivals arrivals() {
        var arrivals = new PacketArrivals.Builder();
        for (int i = 0; i < PACKETS_PER_FEEDBACK; i++) {
            arrivals.add(i, i == 7 ? 12 : 8);
        }
        return arrivals.build();
    }
}
