package dev.sluice.server.router;

import dev.sluice.server.session.IncomingStream;
import dev.sluice.server.session.SessionSink;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/** A named stream: who publishes it and who watches. */
final class Room {

    private final String name;
    private final List<Subscriber> subscribers = new ArrayList<>();
    private @Nullable Publisher publisher;

    Room(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    @Nullable Publisher publisher() {
        return publisher;
    }

    List<Subscriber> subscribers() {
        return subscribers;
    }

    boolean isEmpty() {
        return publisher == null && subscribers.isEmpty();
    }

    void publisherJoins(Publisher joined) {
        publisher = joined;
        subscribers.forEach(subscriber -> subscriber.follow(joined));
    }

    void publisherLeaves() {
        publisher = null;
        subscribers.forEach(Subscriber::followNobody);
    }

    void subscriberJoins(Subscriber subscriber) {
        subscribers.add(subscriber);
        if (publisher != null) {
            subscriber.follow(publisher);
        }
    }

    void subscriberLeaves(Subscriber subscriber) {
        subscribers.remove(subscriber);
        subscriber.release();
        if (subscribers.isEmpty() && publisher != null) {
            publisher.tracks().forEach(PublishedTrack::nobodyWaits);
        }
    }

    /** Sends a packet to everyone who watches the track. */
    void forward(PublishedTrack track, MediaPacket media, long nowNanos, SessionSink out) {
        for (int i = 0; i < subscribers.size(); i++) {
            subscribers.get(i).forward(track, media, nowNanos, out);
        }
    }

    /** A number of a stream carried nothing to forward: the viewers' numbers close up over it. */
    void consume(
            PublishedTrack track,
            IncomingStream stream,
            long extendedSequence,
            long nowNanos,
            SessionSink out) {
        for (int i = 0; i < subscribers.size(); i++) {
            subscribers.get(i).consume(track, stream, extendedSequence, nowNanos, out);
        }
    }
}
