package dev.sluice.bench.rmcat;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.List;

/** The competitor has to be a fair one: it fills links, shares them, and survives losses. */
class TcpFlowTest {

    private static final List<Link.Step> TWO_MEGABITS = List.of(new Link.Step(0, 2_000_000));
    private static final List<Link.Step> WIDE = List.of(new Link.Step(0, 100_000_000));

    @Test
    void aLongTransferFillsTheLinkAndItsQueue() {
        var topology = new Topology(60, 300, TWO_MEGABITS, WIDE, 1);
        topology.longTcp("TCP", new Span(0, 60));
        topology.run();
        Trace tcp = topology.tcpTraces().getFirst();
        assertThat(tcp.rateBps(5, 60)).isGreaterThan(1_900_000);
        assertThat(tcp.longestWaitMillis(0, 60)).isBetween(250.0, 320.0);
        assertThat(tcp.lossRatio(5, 60)).isBetween(0.00001, 0.01);
    }

    @Test
    void twoLongTransfersShareTheLink() {
        var topology = new Topology(120, 300, TWO_MEGABITS, WIDE, 1);
        topology.longTcp("one", new Span(0, 120));
        topology.longTcp("other", new Span(5, 120));
        topology.run();
        for (Trace tcp : topology.tcpTraces()) {
            assertThat(tcp.rateBps(30, 120)).isBetween(600_000.0, 1_400_000.0);
        }
    }

    @Test
    void randomLossSlowsATransferButDoesNotEndIt() {
        var topology = new Topology(60, 300, TWO_MEGABITS, WIDE, 1);
        topology.losing(0.05);
        topology.longTcp("TCP", new Span(0, 60));
        topology.run();
        Trace tcp = topology.tcpTraces().getFirst();
        assertThat(tcp.rateBps(0, 60)).isBetween(100_000.0, 1_000_000.0);
        assertThat(tcp.rateBps(50, 60)).isPositive();
    }

    @Test
    void shortTransfersAreOfTheSizesOfTheRfc() {
        var topology = new Topology(300, 300, TWO_MEGABITS, WIDE, 1);
        Trace tcp = topology.tcpTrace("TCP");
        for (int i = 0; i < 10; i++) {
            topology.shortTcp(tcp, new Span(0, 300), i >= 2);
        }
        topology.run();
        // Ten flows of 40 KB each ten seconds, and somewhat more for the time of the transfers.
        assertThat(tcp.rateBps(0, 300)).isBetween(220_000.0, 400_000.0);
    }
}
