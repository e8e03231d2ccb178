package dev.sluice.media.pacing;

import static dev.sluice.media.pacing.PacedPackets.MILLI;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.media.bwe.Probe;
import dev.sluice.media.pacing.PacedPackets.Release;
import dev.sluice.media.time.Deadline;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

import java.util.List;
import java.util.Random;

/** What holds whatever the traffic, the rates and the probes. */
class PacerPropertiesTest {

    private static final int MAX_SIZE_BYTES = 1_500;
    private static final PacketPriority[] PRIORITIES = PacketPriority.values();

    @Property(tries = 200)
    void nothingIsLostDoubledOrOutOfOrderWithinItsPriority(
            @ForAll long seed, @ForAll @LongRange(min = 0, max = 5_000_000) long pacingBps) {
        PacedPackets sent = traffic(seed, pacingBps, PRIORITIES, true);
        sent.runMillis(300);
        assertThat(sent.numbers()).doesNotHaveDuplicates().hasSize(300);
        for (PacketPriority priority : PRIORITIES) {
            assertThat(of(priority, sent.released).stream().map(one -> one.packet().number()))
                    .isSorted();
        }
    }

    @Property(tries = 200)
    void nothingWaitsLongerThanTheBound(
            @ForAll long seed, @ForAll @LongRange(min = 0, max = 5_000_000) long pacingBps) {
        PacedPackets sent = traffic(seed, pacingBps, PRIORITIES, true);
        sent.runMillis(300);
        assertThat(sent.released)
                .allSatisfy(one -> assertThat(waitNanos(one)).isLessThanOrEqualTo(250 * MILLI));
        assertThat(of(PacketPriority.AUDIO, sent.released))
                .allSatisfy(one -> assertThat(waitNanos(one)).isZero());
    }

    @Property(tries = 200)
    void overAnyWindowNoMoreGoesThanTheRateABurstAndAPacket(
            @ForAll long seed,
            @ForAll @LongRange(min = 200_000, max = 5_000_000) long pacingBps,
            @ForAll @IntRange(min = 0, max = 40) int burstMillis) {
        long burstNanos = burstMillis * MILLI;
        var sent = new PacedPackets(new PacerSettings(true, 10_000 * MILLI, burstNanos, 10));
        sent.pacer.rates(pacingBps, 0, sent.nowNanos);
        var random = new Random(seed);
        for (int i = 0; i < 100; i++) {
            sent.enqueue(1 + random.nextInt(MAX_SIZE_BYTES), PacketPriority.VIDEO);
            sent.runTo(sent.nowNanos + random.nextInt(3) * MILLI * random.nextInt(5));
        }
        sent.runMillis(10_000);
        assertThat(sent.released).hasSize(100);
        assertRateKept(sent.released, pacingBps, burstNanos);
    }

    @Property(tries = 100)
    void aProbeIsSentAtItsRate(
            @ForAll long seed,
            @ForAll @LongRange(min = 500_000, max = 50_000_000) long probeBps,
            @ForAll @IntRange(min = 1, max = 20) int minPackets) {
        var sent = new PacedPackets(PacerSettings.DEFAULT);
        sent.pacer.rates(300_000, 0, sent.nowNanos);
        int minBytes = (int) Math.max(1_000, probeBps * 15 / 8 / 1_000);
        sent.pacer.probe(new Probe(3, probeBps, minPackets, minBytes), sent.nowNanos);
        var random = new Random(seed);
        for (int i = random.nextInt(10); i > 0; i--) {
            sent.enqueue(200 + random.nextInt(1_000), PacketPriority.VIDEO);
        }
        sent.runMillis(2_000);
        long bytes = 0;
        long packets = 0;
        long lastNanos = PacedPackets.START;
        long lastBytes = 0;
        for (Release one : sent.released) {
            if (one.probeId() == 3) {
                packets++;
                bytes += one.packet().sizeBytes();
                lastBytes = one.packet().sizeBytes();
                lastNanos = one.atNanos();
            }
        }
        for (PacedPackets.Padding one : sent.paddings) {
            assertThat(one.probeId()).isEqualTo(3);
            packets++;
            bytes += one.sizeBytes();
            lastBytes = one.sizeBytes();
            lastNanos = one.atNanos();
        }
        assertThat(packets).isGreaterThanOrEqualTo(minPackets);
        assertThat(bytes).isGreaterThanOrEqualTo(minBytes);
        double expectedNanos = (bytes - lastBytes) * 8e9 / probeBps;
        assertThat((double) (lastNanos - PacedPackets.START))
                .isBetween(expectedNanos - 10, expectedNanos + 10);
    }

    /** 300 packets of all kinds, at uneven times and with uneven calls. */
    private static PacedPackets traffic(
            long seed, long pacingBps, PacketPriority[] priorities, boolean probing) {
        var sent = new PacedPackets(PacerSettings.DEFAULT);
        var random = new Random(seed);
        sent.pacer.rates(pacingBps, random.nextInt(200_000), sent.nowNanos);
        for (int i = 0; i < 300; i++) {
            sent.enqueue(
                    random.nextInt(MAX_SIZE_BYTES), priorities[random.nextInt(priorities.length)]);
            sent.canPad = random.nextBoolean();
            if (probing && random.nextInt(20) == 0) {
                sent.pacer.probe(new Probe(i + 1, 10_000_000, 5, 8_000), sent.nowNanos);
            }
            if (random.nextInt(50) == 0) {
                long paddingBps = random.nextBoolean() ? 0 : random.nextInt(200_000);
                sent.pacer.rates(random.nextInt(5_000_000), paddingBps, sent.nowNanos);
            }
            if (sent.pacer.queuedPackets() > 0) {
                assertThat(sent.pacer.nextDeadlineNanos()).isNotEqualTo(Deadline.NEVER);
            }
            if (random.nextInt(3) == 0) {
                sent.runTo(sent.nowNanos + random.nextInt(12_000_000));
            }
        }
        return sent;
    }

    private static void assertRateKept(List<Release> released, long pacingBps, long burstNanos) {
        for (int from = 0; from < released.size(); from++) {
            long bits = 0;
            for (int to = from; to < released.size(); to++) {
                bits += released.get(to).packet().sizeBytes() * 8L;
                double nanos = released.get(to).atNanos() - released.get(from).atNanos();
                double allowed = pacingBps * (nanos + burstNanos) / 1e9 + MAX_SIZE_BYTES * 8;
                assertThat((double) bits).isLessThanOrEqualTo(allowed);
            }
        }
    }

    private static List<Release> of(PacketPriority priority, List<Release> released) {
        return released.stream().filter(one -> one.packet().priority() == priority).toList();
    }

    private static long waitNanos(Release release) {
        return release.atNanos() - release.packet().enqueuedNanos();
    }
}
