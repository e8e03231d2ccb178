package dev.sluice.server.session;

import java.util.ArrayList;
import java.util.List;

/**
 * The packets that one peer's pacer has let go of: seals them one after the other, and sends those
 * of one size as one run, for which the kernel walks its way once, where the way to the peer takes
 * runs. Serves one peer after the other, see {@link SendRuns}.
 */
final class SendRun {

    private final SegmentPlan plan;
    private final DatagramRun run = new DatagramRun();
    private final List<OutgoingPacket> packets = new ArrayList<>();

    /** The first packet that has not been taken out. */
    private int next;

    SendRun(BatchSettings settings) {
        this.plan = new SegmentPlan(settings);
    }

    void add(OutgoingPacket packet) {
        packets.add(packet);
    }

    /** Sends all of them; where one of them makes it throw, those behind it are let go of. */
    void flush(SendPath sender, SessionSink out) {
        try {
            boolean mayRun = packets.size() > 1 && sender.takesRuns(out);
            while (next < packets.size()) {
                if (mayRun) {
                    sendNext(sender, out);
                } else {
                    sender.sendAlone(take(), out);
                }
            }
        } finally {
            release();
        }
    }

    private void sendNext(SendPath sender, SessionSink out) {
        plan.plan(packets, next);
        if (plan.end() == next + 1) {
            sender.sendAlone(take(), out);
        } else {
            sendTogether(sender, out);
        }
    }

    private void sendTogether(SendPath sender, SessionSink out) {
        while (next < plan.end()) {
            OutgoingPacket packet = take();
            boolean isLast = next == plan.end();
            sender.seal(packet, isLast ? 0 : plan.segmentBytes() - packet.sizeBytes(), run);
        }
        sender.send(run, out);
    }

    private OutgoingPacket take() {
        return packets.get(next++);
    }

    /** Lets go of what has not been sent. */
    void release() {
        run.release();
        while (next < packets.size()) {
            take().buffer().release();
        }
        packets.clear();
        next = 0;
    }
}
