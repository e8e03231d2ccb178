package dev.sluice.server.router;

import dev.sluice.media.time.Deadline;
import dev.sluice.server.session.PeerSession;
import dev.sluice.server.session.SessionSink;

import java.util.ArrayList;
import java.util.List;

/**
 * What is gathered during a batch of datagrams, or any other call, and done once at its end: media
 * to forward, unless it is better held until its frame is complete, and packets to seal and send.
 */
final class OpenWork {

    private final List<Publisher> publishers = new ArrayList<>();
    private final List<PeerSession> senders = new ArrayList<>();
    private long heldUntilNanos = Deadline.NEVER;

    /** The publisher has media to forward. */
    void add(Publisher publisher) {
        publishers.add(publisher);
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
        int held = 0;
        for (int i = 0; i < publishers.size(); i++) {
            Publisher publisher = publishers.get(i);
            long untilNanos = publisher.heldUntilNanos();
            if (untilNanos == Deadline.NEVER || Deadline.isDue(untilNanos, nowNanos)) {
                publisher.forward(nowNanos, out);
            } else {
                publishers.set(held++, publisher);
                heldUntilNanos = Math.min(heldUntilNanos, untilNanos);
            }
        }
        while (publishers.size() > held) {
            publishers.removeLast();
        }
    }

    /** When media that waits for the rest of its frame is to be forwarded at the latest. */
    long heldUntilNanos() {
        return heldUntilNanos;
    }
}
