package dev.sluice.server.session;

import dev.sluice.media.receive.ReceiveCounters;
import dev.sluice.media.stats.Counter;
import dev.sluice.srtp.context.SrtpStatus;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.Supplier;

/** What one engine loop counts: written by the loop alone, read by anyone. */
public final class LoopCounters {

    public final Counter rtpPacketsIn = new Counter();
    public final Counter rtpBytesIn = new Counter();
    public final Counter rtpPacketsOut = new Counter();
    public final Counter rtpBytesOut = new Counter();

    /** Padding that gave packets of a run one size. */
    public final Counter equalizingBytesOut = new Counter();

    /** Sends that the kernel cut into packets, and the packets that came of them. */
    public final Counter runsOut = new Counter();

    public final Counter runPacketsOut = new Counter();

    /** What publishers' streams count. */
    public final ReceiveCounters received = new ReceiveCounters();

    /** Packets that publishers sent and that had not arrived when the reception was reported. */
    public final Counter rtpPacketsLost = new Counter();

    /** TCP connections of media that were taken, and those that were refused for their number. */
    public final Counter tcpAccepted = new Counter();

    public final Counter tcpRefused = new Counter();

    /** Repair packets (FlexFEC, ULPFEC) from publishers and to viewers. */
    public final Counter fecPacketsIn = new Counter();

    public final Counter fecPacketsOut = new Counter();

    /** Packets that publishers' repair packets brought back. */
    public final Counter fecRecovered = new Counter();

    /** Packets that publishers' redundant audio brought back. */
    public final Counter redRecovered = new Counter();

    /** Datagrams that reached another loop than their session's and were handed over. */
    public final Counter handedOver = new Counter();

    /** Packets of publishers that were carried to viewers' mirrors on other loops. */
    public final Counter mirroredOut = new Counter();

    /** Sessions that went to the loop which their packets reach. */
    public final Counter sessionsMoved = new Counter();

    public final Counter retransmittedOut = new Counter();
    public final Counter nacksIn = new Counter();
    public final Counter nacksOut = new Counter();
    public final Counter keyFrameRequestsIn = new Counter();
    public final Counter keyFrameRequestsOut = new Counter();

    private final Map<DropReason, Counter> drops = countersOf(DropReason.class);
    private final Map<SrtpStatus, Counter> srtpFailures = countersOf(SrtpStatus.class);
    private final Map<HandshakeOutcome, Counter> handshakes = countersOf(HandshakeOutcome.class);

    /** Dropped datagrams and packets by reason. */
    public Counter dropped(DropReason reason) {
        return counter(drops, reason);
    }

    /** SRTP and SRTCP packets that could not be opened or sealed, by status. */
    public Counter srtpFailure(SrtpStatus status) {
        return counter(srtpFailures, status);
    }

    /** Ended DTLS handshakes by outcome. */
    public Counter handshake(HandshakeOutcome outcome) {
        return counter(handshakes, outcome);
    }

    /** A message left that the kernel has cut into so many packets; one of one packet is none. */
    public void runSent(int packets) {
        if (packets > 1) {
            runsOut.increment();
            runPacketsOut.add(packets);
        }
    }

    private static <K extends Enum<K>> Map<K, Counter> countersOf(Class<K> type) {
        Map<K, Counter> counters = new EnumMap<>(type);
        for (K key : type.getEnumConstants()) {
            counters.put(key, new Counter());
        }
        return counters;
    }

    private static <K> Counter counter(Map<K, Counter> counters, K key) {
        Supplier<IllegalStateException> missing =
                () -> new IllegalStateException("no counter: " + key);
        return java.util.Optional.ofNullable(counters.get(key)).orElseThrow(missing);
    }
}
