package dev.sluice.server.session;

import dev.sluice.media.bwe.CongestionController;

import io.netty.buffer.ByteBuf;

import java.util.ArrayList;
import java.util.List;

/**
 * The packets that the pacer has let go of: stamps and seals them one after the other, and sends
 * those of one size as one run, for which the kernel walks its way once.
 */
final class SendRun {

    private final PeerTransport transport;
    private final EgressPath egress;
    private final CongestionController congestion;
    private final OutgoingPackets pool;
    private final SegmentPlan plan;
    private final DatagramRun run = new DatagramRun();
    private final List<OutgoingPacket> packets = new ArrayList<>();

    SendRun(
            PeerTransport transport,
            EgressPath egress,
            CongestionController congestion,
            LoopTools tools,
            BatchSettings settings) {
        this.transport = transport;
        this.egress = egress;
        this.congestion = congestion;
        this.pool = tools.packets();
        this.plan = new SegmentPlan(settings);
    }

    boolean isEmpty() {
        return packets.isEmpty();
    }

    void add(OutgoingPacket packet) {
        packets.add(packet);
    }

    /** Sends all of them. */
    void flush(SessionSink out) {
        for (int from = 0; from < packets.size(); from = plan.end()) {
            plan.plan(packets, from);
            if (plan.end() == from + 1) {
                sendAlone(packets.get(from), out);
            } else {
                sendTogether(from, plan.end(), plan.segmentBytes(), out);
            }
        }
        packets.clear();
    }

    private void sendAlone(OutgoingPacket packet, SessionSink out) {
        ByteBuf datagram = packet.buffer();
        if (packet.isSealed()) {
            egress.count(datagram.readableBytes());
            pool.giveBack(packet);
            transport.transmit(datagram, out);
        } else if (seal(packet, 0)) {
            transport.transmit(datagram, out);
        }
    }

    private void sendTogether(int from, int end, int segmentBytes, SessionSink out) {
        for (int i = from; i < end; i++) {
            OutgoingPacket packet = packets.get(i);
            ByteBuf datagram = packet.buffer();
            boolean isLast = i == end - 1;
            if (seal(packet, isLast ? 0 : segmentBytes - packet.sizeBytes())) {
                run.add(datagram);
            }
        }
        transport.transmitRun(run, out);
    }

    /** Whether the packet's buffer may leave; it is released otherwise. */
    private boolean seal(OutgoingPacket packet, int paddingBytes) {
        ByteBuf buffer = packet.buffer();
        boolean isSealed =
                egress.prepareRtp(buffer, packet.layout(), paddingBytes, packet.releasedNanos());
        if (isSealed) {
            congestion.onPacketSent(
                    egress.transportSequence(),
                    egress.ssrc(),
                    egress.sequenceNumber(),
                    buffer.readableBytes() + SendPath.OVERHEAD_BYTES,
                    packet.probeId(),
                    packet.releasedNanos());
            packet.keep();
        }
        pool.giveBack(packet);
        return isSealed;
    }

    /** Lets go of them, unsent. */
    void release() {
        packets.forEach(packet -> packet.buffer().release());
        packets.clear();
    }
}
