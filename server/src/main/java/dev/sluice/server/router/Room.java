package dev.sluice.server.router;

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

    /** Gives everyone who watches what has come of the publisher, one viewer after the other. */
    void forward(MediaBatch batch, long nowNanos, SessionSink out) {
        for (int i = 0; i < subscribers.size(); i++) {
            Subscriber subscriber = subscribers.get(i);
            batch.forward(subscriber, nowNanos, out);
            subscriber.session().sender().flush(out);
        }
    }
}
