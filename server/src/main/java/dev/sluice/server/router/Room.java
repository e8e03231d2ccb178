package dev.sluice.server.router;

import dev.sluice.server.session.MediaSource;
import dev.sluice.server.session.SessionSink;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/**
 * A named stream on one loop: who publishes it, here or as the mirror of one elsewhere, who watches
 * here, and the relays to those who watch elsewhere.
 */
final class Room {

    private final String name;
    private final List<Subscriber> subscribers = new ArrayList<>();
    private final List<Relay> relays = new ArrayList<>();
    private @Nullable Publisher publisher;
    private @Nullable PublisherMirror mirror;

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

    /** The publisher of another loop, if he has been asked for. */
    @Nullable PublisherMirror mirror() {
        return mirror;
    }

    void mirror(@Nullable PublisherMirror wanted) {
        mirror = wanted;
    }

    /** The ways of the publisher's packets to other loops; none without a publisher here. */
    List<Relay> relays() {
        return relays;
    }

    /** What is published, here or elsewhere; null where that is not known. */
    @Nullable List<PublishedTrack> tracks() {
        if (publisher != null) {
            return publisher.tracks();
        }
        return mirror != null && mirror.isOpen() ? mirror.tracks() : null;
    }

    boolean isEmpty() {
        return publisher == null && subscribers.isEmpty();
    }

    void publisherJoins(Publisher joined) {
        publisher = joined;
        follow(joined.tracks());
    }

    void publisherLeaves() {
        publisher = null;
        followNobody();
    }

    void follow(List<PublishedTrack> tracks) {
        subscribers.forEach(subscriber -> subscriber.follow(tracks));
    }

    void followNobody() {
        subscribers.forEach(Subscriber::followNobody);
    }

    void subscriberJoins(Subscriber subscriber) {
        subscribers.add(subscriber);
        List<PublishedTrack> tracks = tracks();
        if (tracks != null) {
            subscriber.follow(tracks);
        }
    }

    void subscriberLeaves(Subscriber subscriber) {
        int place = subscribers.indexOf(subscriber);
        if (place >= 0) {
            subscribers.remove(place);
            tellFanOuts(place);
        }
        subscriber.release();
        forgetIfUnwatched();
    }

    private void tellFanOuts(int left) {
        if (publisher != null) {
            publisher.fanOut().onLeft(left);
        }
        if (mirror != null) {
            mirror.fanOut().onLeft(left);
        }
    }

    void relaysChanged() {
        if (publisher != null) {
            boolean isMirrored = !relays.isEmpty();
            publisher.tracks().forEach(track -> track.mirrored(isMirrored));
        }
        forgetIfUnwatched();
    }

    /** Nobody may wait for a key frame any more. */
    private void forgetIfUnwatched() {
        if (subscribers.isEmpty() && relays.isEmpty() && publisher != null) {
            publisher.tracks().forEach(PublishedTrack::nobodyWaits);
        }
    }

    /** The publisher told his clock. */
    void onSenderReport(PublishedTrack track, MediaSource stream, long nowNanos, SessionSink out) {
        for (Subscriber subscriber : subscribers) {
            subscriber.onSenderReport(track, stream, nowNanos);
            out.onDeadlineMoved(subscriber.session());
        }
        relays.forEach(relay -> relay.onSenderReport(track, stream));
    }
}
