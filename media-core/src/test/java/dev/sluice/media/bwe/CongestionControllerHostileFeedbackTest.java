package dev.sluice.media.bwe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.media.rtcp.CongestionControlFeedback;
import dev.sluice.media.rtcp.PacketArrivals;
import dev.sluice.media.rtcp.ReportBlock;
import dev.sluice.media.rtcp.StreamFeedback;
import dev.sluice.media.rtcp.TransportFeedback;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import java.util.List;
import java.util.Random;

/** Whatever a receiver claims: no exception, and a target within its bounds. */
class CongestionControllerHostileFeedbackTest {

    private static final long MILLI = 1_000_000L;
    private static final EstimatorSettings SETTINGS =
            new EstimatorSettings(EstimationMode.HYBRID, 300_000, 50_000, 8_000_000);

    private CongestionController controller = new CongestionController(SETTINGS, 0);
    private Random random = new Random(0);
    private long now;
    private int sent;

    @Property(tries = 300)
    void anyFeedbackLeavesTheTargetWithinItsBounds(@ForAll long seed, @ForAll EstimationMode mode) {
        random = new Random(seed);
        now = random.nextLong() / 2;
        sent = random.nextInt(65_536);
        controller =
                new CongestionController(
                        new EstimatorSettings(mode, 300_000, 50_000, 8_000_000), now);
        for (int step = 0; step < 400; step++) {
            now += random.nextInt(20) == 0 ? random.nextLong(10_000 * MILLI) : 20 * MILLI;
            send(random.nextInt(12));
            lie();
            controller.onDeadline(now);
            assertWithinBounds();
        }
    }

    private void send(int packets) {
        Probe probe = controller.pollProbe();
        for (int i = 0; i < packets; i++) {
            int number = random.nextInt(10) == 0 ? -1 : sent & 0xFFFF;
            int probeId = probe == null ? random.nextInt(3) * random.nextInt() : probe.id();
            controller.onPacketSent(
                    number, 5, sent & 0xFFFF, 1 + random.nextInt(1_500), probeId, now);
            sent++;
        }
    }

    private void lie() {
        switch (random.nextInt(6)) {
            case 0, 1, 2 -> controller.onFeedback(transportFeedback(), now);
            case 3 -> controller.onFeedback(streamFeedback(), now);
            case 4 ->
                    controller.onReportBlock(
                            new ReportBlock(
                                    random.nextInt(100),
                                    random.nextInt(256),
                                    random.nextInt(),
                                    random.nextLong(1L << 32),
                                    random.nextLong(1L << 32),
                                    0,
                                    0),
                            random.nextInt(3) == 0 ? -1 : random.nextLong(1L << 50),
                            now);
            default -> {
                controller.onRemb(random.nextLong(), now);
                controller.onDemand(random.nextLong(1L << 40), random.nextLong(1L << 40), now);
            }
        }
    }

    private TransportFeedback transportFeedback() {
        var arrivals = new PacketArrivals.Builder();
        int count = random.nextInt(4) == 0 ? 1 + random.nextInt(65_535) : 1 + random.nextInt(40);
        for (int offset = random.nextInt(3);
                offset < Math.min(count, 65_535);
                offset += 1 + random.nextInt(Math.max(1, count / 20))) {
            boolean isWild = random.nextInt(8) == 0;
            arrivals.add(offset, isWild ? (short) random.nextInt() : random.nextInt(80));
        }
        boolean isNear = random.nextInt(4) != 0;
        int base = isNear ? (sent - random.nextInt(60)) & 0xFFFF : random.nextInt(65_536);
        int reference =
                random.nextInt(6) == 0 ? random.nextInt() >> 8 : (int) (now / 64_000_000) << 8 >> 8;
        return new TransportFeedback(1, 2, base, count, reference, 0, arrivals.build());
    }

    private CongestionControlFeedback streamFeedback() {
        var stream = new StreamFeedback.Builder(5, (sent - random.nextInt(60)) & 0xFFFF);
        int size = random.nextInt(10) == 0 ? 16_384 : random.nextInt(60);
        for (int i = 0; i < size; i++) {
            if (random.nextInt(5) == 0) {
                stream.missing();
            } else {
                stream.received(random.nextInt(4), random.nextInt(0x2000));
            }
        }
        return new CongestionControlFeedback(
                1, List.of(stream.build(), stream.build()), random.nextLong(1L << 32));
    }

    private void assertWithinBounds() {
        assertThat(controller.targetBps()).isBetween(50_000L, 8_000_000L);
        assertThat(controller.pacingBps()).isPositive();
        assertThat(controller.paddingBps()).isBetween(0L, 8_000_000L);
        assertThat(controller.lossRatio()).isBetween(0.0, 1.0);
        assertThat(controller.rttNanos()).isGreaterThanOrEqualTo(-1);
    }

    /** Forged arrivals of packets that were sent cannot raise it beyond its bounds either. */
    @Property(tries = 100)
    void praiseIsNotBelievedBeyondTheBounds(@ForAll long seed) {
        random = new Random(seed);
        now = 0;
        sent = 0;
        controller = new CongestionController(SETTINGS, now);
        for (int step = 0; step < 500; step++) {
            now += 20 * MILLI;
            int base = sent & 0xFFFF;
            send(5);
            var arrivals = new PacketArrivals.Builder();
            for (int i = 0; i < 5; i++) {
                arrivals.add(i, random.nextInt(2));
            }
            int reference = (int) (now / 64_000_000);
            controller.onFeedback(
                    new TransportFeedback(1, 2, base, 5, reference, 0, arrivals.build()), now);
            assertWithinBounds();
        }
    }
}
