package dev.sluice.media.pacing;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;

import org.junit.jupiter.api.Test;

import java.lang.management.ManagementFactory;

class PacerAllocationTest {

    private static final int PACKETS = 200_000;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final Pacer<String> pacer = new Pacer<>(PacerSettings.DEFAULT, 0);
    private long nowNanos;
    private long released;

    private final Pacer.Sink<String> out =
            new Pacer.Sink<>() {
                @Override
                public void onRelease(String packet, int probeId, long nowNanos) {
                    released++;
                }

                @Override
                public int onPaddingWanted(int bytes, int probeId, long nowNanos) {
                    return bytes;
                }
            };

    @Test
    void aPacketAllocatesNothing() {
        pacer.rates(2_000_000, 100_000, 0);
        run();
        long before = threads.getCurrentThreadAllocatedBytes();
        run();
        long bytes = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat(released).isGreaterThan(2 * PACKETS - 200);
        assertThat(bytes).as("bytes over %d packets", PACKETS).isLessThan(PACKETS / 10);
    }

    /** Frames of 20 packets each 80 ms, at the rate: a queue stands most of the time. */
    private void run() {
        for (int i = 0; i < PACKETS; i++) {
            PacketPriority priority = i % 7 == 0 ? PacketPriority.AUDIO : PacketPriority.VIDEO;
            pacer.enqueue("packet", 1000, priority, nowNanos, out);
            if (i % 20 == 0) {
                for (int step = 0; step < 80; step++) {
                    nowNanos += 1_000_000;
                    pacer.onDeadline(nowNanos, out);
                }
            }
        }
    }
}
