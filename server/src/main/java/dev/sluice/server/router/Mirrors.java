package dev.sluice.server.router;

import dev.sluice.media.sdp.NegotiatedMedia;
import dev.sluice.server.session.LoopCounters;
import dev.sluice.server.session.SessionSink;

import java.util.ArrayList;
import java.util.List;

/**
 * The mirrors of this loop's viewers, and the relays of its publishers: who asks whom for what, by
 * letters between the loops.
 *
 * <p>A loop with viewers asks the publisher's loop for a relay; it is opened there, and ends by
 * either side. Who hears of the end last lets go of what is in the queue.
 */
final class Mirrors {

    private final MediaEngine engine;
    private final LoopPlace place;
    private final boolean viewersMayWait;
    private final LoopCounters counters;

    /** Relays that have something new for their mirrors. */
    private final List<Relay> unflushed = new ArrayList<>();

    private final List<PublisherMirror> woken = new ArrayList<>();

    /**
     * @param viewersMayWait whether viewers may be there without a publisher
     */
    Mirrors(MediaEngine engine, LoopPlace place, boolean viewersMayWait, LoopCounters counters) {
        this.engine = engine;
        this.place = place;
        this.viewersMayWait = viewersMayWait;
        this.counters = counters;
    }

    // On the loop of the viewers.

    /** Asks for a mirror where the room has viewers and its publisher is elsewhere. */
    void want(Room room) {
        if (place.loops() == 1
                || room.publisher() != null
                || room.mirror() != null
                || room.subscribers().isEmpty()) {
            return;
        }
        int loop = place.whereabouts().loopOfStream(room.name());
        if (loop == Whereabouts.NOWHERE || loop == place.loop()) {
            return;
        }
        PublisherMirror mirror = mirror(room, loop);
        room.mirror(mirror);
        int here = place.loop();
        place.send(loop, (there, nowNanos) -> there.mirrors().onWanted(mirror, here));
    }

    private PublisherMirror mirror(Room room, int loop) {
        String stream = room.name();
        return new PublisherMirror(
                room,
                loop,
                (ssrc, out) ->
                        place.send(
                                loop,
                                (there, nowNanos) ->
                                        there.mirrors().onPictureWanted(stream, ssrc, nowNanos)),
                counters);
    }

    private void onOpened(PublisherMirror mirror, List<NegotiatedMedia> sections) {
        if (!mirror.isClosed()) {
            mirror.open(sections);
            mirror.room().follow(mirror.tracks());
        }
    }

    /** A defect of one must not leave the others asleep, whom nobody would wake again. */
    private void drain(List<PublisherMirror> mirrors, long nowNanos, SessionSink out) {
        List<PublisherMirror> unfinished = new ArrayList<>(mirrors);
        try {
            for (PublisherMirror mirror : mirrors) {
                if (mirror.isClosed() || !drain(mirror, nowNanos, out)) {
                    unfinished.remove(mirror);
                }
            }
        } finally {
            if (!unfinished.isEmpty()) {
                sendWakeUp(place.loop(), unfinished);
            }
        }
    }

    /** Whether there is more. */
    private boolean drain(PublisherMirror mirror, long nowNanos, SessionSink out) {
        boolean hadMedia = mirror.fanOut().hasMedia();
        try {
            return mirror.drain(nowNanos, out);
        } finally {
            engine.openWork().note(mirror.fanOut(), hadMedia);
            engine.deadlines().arm(mirror);
        }
    }

    /** A publisher has come up on another loop. */
    private void onAnnounced(String stream) {
        Room room = engine.rooms().find(stream);
        if (room != null) {
            close(room);
            want(room);
        }
    }

    /** The publisher is not there any more, or has never been: nothing comes from him. */
    private void onSourceGone(PublisherMirror mirror, boolean hasEnded, long nowNanos) {
        Room room = mirror.room();
        boolean isCurrent = !mirror.isClosed();
        if (isCurrent) {
            mirror.drainAll(nowNanos, engine.sink());
            detach(room, mirror);
        }
        mirror.discard();
        if (isCurrent) {
            if (hasEnded && mirror.isOpen()) {
                engine.departures().onSourceEnded(room, nowNanos);
            }
            want(room);
            if (hasEnded && !mirror.isOpen() && !viewersMayWait && !isPublished(room)) {
                engine.departures().onSourceEnded(room, nowNanos);
            }
        }
    }

    private boolean isPublished(Room room) {
        return place.whereabouts().loopOfStream(room.name()) != Whereabouts.NOWHERE;
    }

    /** Nobody watches here any more, or another publisher is followed. */
    void close(Room room) {
        PublisherMirror mirror = room.mirror();
        if (mirror != null) {
            detach(room, mirror);
            place.send(mirror.loop(), (there, nowNanos) -> there.mirrors().onUnwanted(mirror));
        }
    }

    private void detach(Room room, PublisherMirror mirror) {
        room.mirror(null);
        room.followNobody();
        mirror.close();
        engine.deadlines().forget(mirror);
    }

    // On the loop of the publisher.

    /** Tells the other loops that somebody publishes here. */
    void announce(String stream) {
        for (int loop = 0; loop < place.loops(); loop++) {
            if (loop != place.loop()) {
                place.send(loop, (there, nowNanos) -> there.mirrors().onAnnounced(stream));
            }
        }
    }

    private void onWanted(PublisherMirror mirror, int loop) {
        // Of a mirror on another loop only the room's name and the hop may be looked at.
        Room room = engine.rooms().find(mirror.room().name());
        Publisher publisher = room == null ? null : room.publisher();
        if (room == null || publisher == null) {
            place.send(
                    loop,
                    (there, nowNanos) -> there.mirrors().onSourceGone(mirror, true, nowNanos));
            return;
        }
        Relay relay = new Relay(mirror, loop, counters, unflushed);
        List<NegotiatedMedia> sections = publisher.session().negotiated().media();
        place.send(loop, (there, nowNanos) -> there.mirrors().onOpened(mirror, sections));
        room.relays().add(relay);
        room.relaysChanged();
        publisher.tracks().forEach(relay::begin);
    }

    private void onUnwanted(PublisherMirror mirror) {
        Room room = engine.rooms().find(mirror.room().name());
        if (room == null) {
            return;
        }
        for (Relay relay : List.copyOf(room.relays())) {
            if (relay.mirror() == mirror) {
                room.relays().remove(relay);
                relay.discard();
            }
        }
        room.relaysChanged();
    }

    /** A viewer of another loop needs a key frame. */
    private void onPictureWanted(String stream, long ssrc, long nowNanos) {
        Room room = engine.rooms().find(stream);
        Publisher publisher = room == null ? null : room.publisher();
        if (publisher != null) {
            publisher.onPictureWanted(ssrc, nowNanos, engine.sink());
            engine.arm(publisher);
        }
    }

    /**
     * The publisher is not on this loop any more.
     *
     * @param hasEnded false where he went to another loop
     */
    void onPublisherGone(Room room, boolean hasEnded) {
        for (Relay relay : room.relays()) {
            place.send(
                    relay.loop(),
                    (there, nowNanos) ->
                            there.mirrors().onSourceGone(relay.mirror(), hasEnded, nowNanos));
        }
        room.relays().clear();
    }

    /** Wakes the mirrors that have something new: one letter for each loop. */
    void flush() {
        if (unflushed.isEmpty()) {
            return;
        }
        for (int loop = 0; loop < place.loops(); loop++) {
            woken.clear();
            for (Relay relay : unflushed) {
                if (relay.loop() == loop && relay.flush()) {
                    woken.add(relay.mirror());
                }
            }
            if (!woken.isEmpty()) {
                sendWakeUp(loop, List.copyOf(woken));
            }
        }
        unflushed.clear();
    }

    private void sendWakeUp(int loop, List<PublisherMirror> mirrors) {
        place.send(
                loop, (there, nowNanos) -> there.mirrors().drain(mirrors, nowNanos, there.sink()));
    }
}
