package dev.sluice.server.router;

import dev.sluice.server.session.PeerSession;
import dev.sluice.server.session.SessionSink;

import java.util.ArrayList;
import java.util.List;

/**
 * What is gathered during a batch of datagrams, or any other call, and done once at its end: media
 * to forward, and packets to seal and send.
 */
final class OpenWork {

    private final List<Publisher> publishers = new ArrayList<>();
    private final List<PeerSession> senders = new ArrayList<>();

    /** The publisher has media to forward. */
    void add(Publisher publisher) {
        publishers.add(publisher);
    }

    /** The session has packets to seal and send. */
    void add(PeerSession sender) {
        senders.add(sender);
    }

    void settle(long nowNanos, SessionSink out) {
        for (int i = 0; i < publishers.size(); i++) {
            publishers.get(i).forward(nowNanos, out);
        }
        publishers.clear();
        for (int i = 0; i < senders.size(); i++) {
            senders.get(i).sender().flush(out);
        }
        senders.clear();
    }
}
