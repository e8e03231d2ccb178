package dev.sluice.server.router;

import dev.sluice.media.time.Deadline;
import dev.sluice.server.session.PeerSession;
import dev.sluice.server.session.SessionSink;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * What is gathered during a batch of datagrams, or any other call, and done at its end: media to
 * forward, unless it is better held until its frame is complete, and packets to seal and send. More
 * media than is forwarded in a short time waits for the next turn, so that the loop looks at its
 * sockets between two turns; who waited longest is the first then.
 */
final class OpenWork {

    /** Packets to viewers in one turn: a few milliseconds. */
    static final int TURN_PACKETS = 1024;

    private final ArrayDeque<FanOut> fanOuts = new ArrayDeque<>();
    private final List<PeerSession> senders = new ArrayList<>();
    private long heldUntilNanos = Deadline.NEVER;
    private boolean isBehind;

    /**
     * There may be media to forward.
     *
     * @param hadMedia whether there was before, so that it is known here
     */
    void note(FanOut fanOut, boolean hadMedia) {
        if (!hadMedia && fanOut.hasMedia()) {
            fanOuts.addLast(fanOut);
        }
    }

    /** The session has packets to seal and send. */
    void add(PeerSession sender) {
        senders.add(sender);
    }

    void settle(long nowNanos, SessionSink out) {
        forward(nowNanos, out);
        for (int i = 0; i < senders.size(); i++) {
            senders.get(i).sender().flush(out);
        }
        senders.clear();
    }

    private void forward(long nowNanos, SessionSink out) {
        heldUntilNanos = Deadline.NEVER;
        int packets = TURN_PACKETS;
        for (int i = fanOuts.size(); i > 0 && packets > 0; i--) {
            FanOut fanOut = fanOuts.removeFirst();
            long untilNanos = nowNanos;
            try {
                long heldNanos = fanOut.heldUntilNanos();
                if (heldNanos == Deadline.NEVER || Deadline.isDue(heldNanos, nowNanos)) {
                    packets -= fanOut.forward(packets, nowNanos, out);
                } else {
                    untilNanos = heldNanos;
                }
            } finally {
                keep(fanOut, untilNanos);
            }
        }
        if (packets <= 0 && !fanOuts.isEmpty()) {
            heldUntilNanos = nowNanos;
        }
        isBehind = Deadline.isDue(heldUntilNanos, nowNanos);
    }

    private void keep(FanOut fanOut, long untilNanos) {
        if (fanOut.hasMedia()) {
            fanOuts.addLast(fanOut);
            heldUntilNanos = Math.min(heldUntilNanos, untilNanos);
        }
    }

    /** Whether the last turn left media to forward at once. */
    boolean isBehind() {
        return isBehind;
    }

    /** How long the oldest of all media that waits has waited; 0 when none does. */
    long longestWaitNanos(long nowNanos) {
        long longest = 0;
        for (FanOut fanOut : fanOuts) {
            longest = Math.max(longest, fanOut.waitNanos(nowNanos));
        }
        return longest;
    }

    /** When what waits is to be looked at again at the latest. */
    long heldUntilNanos() {
        return heldUntilNanos;
    }
}
