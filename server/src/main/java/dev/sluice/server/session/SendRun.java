package dev.sluice.server.session;

import java.util.ArrayList;
import java.util.List;

/**
 * The packets that one peer's pacer has let go of: seals them one after the other, and sends those
 * of one size as one run, for which the kernel walks its way once. Serves one peer after the other,
 * see {@link SendRuns}.
 */
final class SendRun {

    private final SegmentPlan plan;
    private final DatagramRun run = new DatagramRun();
    private final List<OutgoingPacket> packets = new ArrayList<>();

    SendRun(BatchSettings settings) {
        this.plan = new SegmentPlan(settings);
    }

    void add(OutgoingPacket packet) {
        packets.add(packet);
    }

    /** Sends all of them. */
    void flush(SendPath sender, SessionSink out) {
        for (int from = 0; from < packets.size(); from = plan.end()) {
            plan.plan(packets, from);
            if (plan.end() == from + 1) {
                sender.sendAlone(packets.get(from), out);
            } else {
                sendTogether(from, plan.end(), sender, out);
            }
        }
        packets.clear();
    }

    private void sendTogether(int from, int end, SendPath sender, SessionSink out) {
        for (int i = from; i < end; i++) {
            OutgoingPacket packet = packets.get(i);
            boolean isLast = i == end - 1;
            sender.seal(packet, isLast ? 0 : plan.segmentBytes() - packet.sizeBytes(), run);
        }
        sender.send(run, out);
    }

    /** Lets go of them, unsent. */
    void release() {
        packets.forEach(packet -> packet.buffer().release());
        packets.clear();
    }
}
