package dev.sluice.server.router;

import dev.sluice.media.rtp.RtpPacket;
import dev.sluice.media.sdp.NegotiatedCodec;
import dev.sluice.media.time.Deadline;
import dev.sluice.server.session.DropReason;
import dev.sluice.server.session.LoopCounters;
import dev.sluice.server.session.MediaSource;
import dev.sluice.server.session.SessionSink;

import java.util.List;

/**
 * The way of what somebody publishes to all who watch. Relays take it to other loops at once, which
 * may have time when this one has none. For this loop it is gathered, and then given to one viewer
 * after the other; in turns, so that many viewers do not keep the rest of the loop waiting. What
 * comes meanwhile is gathered for the next time: the less time there is, the more is given at once,
 * which costs less.
 *
 * <p>When that is not enough and media waits for too long, pictures are left out, which cost most
 * and of which newer ones come anyway; audio goes on for longer. As each publisher is late by
 * himself, those with the most viewers are spared first.
 */
final class FanOut {

    /** Video that waited as long has no time left to wait. */
    static final long LATE_NANOS = 250_000_000;

    /** The same of audio. */
    static final long VERY_LATE_NANOS = 600_000_000;

    /** About what it costs to send one packet more to a viewer. */
    private static final long HOLD_NANOS_EACH = 2_000;

    private static final long MAX_HOLD_NANOS = 300_000;
    private static final int MIN_VIEWERS_TO_HOLD = 16;

    /** Packets to viewers that the last of a publisher may take: some tens of milliseconds. */
    private static final int LAST_PACKETS = 16 * OpenWork.TURN_PACKETS;

    private final Room room;
    private final LoopCounters counters;
    private MediaBatch gathering = new MediaBatch();
    private MediaBatch leaving = new MediaBatch();

    /** Takes what is read of packets for which there is no room. */
    private final MediaPacket refused = new MediaPacket();

    /** Who is the next to be given what is leaving. */
    private int nextViewer;

    /** How long the oldest of what is leaving had waited; 0 when nothing is. */
    private long waitedNanos;

    FanOut(Room room, LoopCounters counters) {
        this.room = room;
        this.counters = counters;
    }

    /** Takes a new packet: other loops get it at once, who watches here by {@link #forward}. */
    void take(
            PublishedTrack track,
            NegotiatedCodec codec,
            MediaSource stream,
            RtpPacket packet,
            long extendedSequence,
            long nowNanos,
            SessionSink out) {
        MediaPacket media = gathering.isFull() ? refused : gathering.next();
        track.onPacket(codec, stream, packet, extendedSequence, nowNanos, media);
        media.hold();
        for (int i = 0; i < room.relays().size(); i++) {
            room.relays().get(i).forward(track, media);
        }
        if (media == refused) {
            refuse(track);
        } else {
            gather(track, media, nowNanos, out);
        }
    }

    private void gather(PublishedTrack track, MediaPacket media, long nowNanos, SessionSink out) {
        gathering.add(track, leaving, nowNanos);
        long mostNanos = track.isVideo() ? LATE_NANOS : VERY_LATE_NANOS;
        if (track.spares(media, lateNanos(nowNanos) >= mostNanos, nowNanos, out)) {
            gathering.spare();
            counters.dropped(DropReason.OVERLOAD).increment();
        }
    }

    /** So much waits that there is no room for more, however it is spared. */
    private void refuse(PublishedTrack track) {
        track.breakOff(refused);
        refused.release();
        counters.dropped(DropReason.OVERLOAD).increment();
    }

    /** How long the oldest has waited of what is leaving, or is to leave after that. */
    private long lateNanos(long nowNanos) {
        return Math.max(waitedNanos, nowNanos - gathering.beganNanos());
    }

    /** How long the oldest has waited of what not all who watch have been given; 0 for nothing. */
    long waitNanos(long nowNanos) {
        MediaBatch oldest = leaving.isEmpty() ? gathering : leaving;
        return oldest.isEmpty() ? 0 : nowNanos - oldest.beganNanos();
    }

    /** A number of a stream carried nothing that is forwarded, such as FEC. */
    void consume(PublishedTrack track, MediaSource stream, long extendedSequence, long nowNanos) {
        for (int i = 0; i < room.relays().size(); i++) {
            room.relays().get(i).consume(track, stream, extendedSequence);
        }
        if (!gathering.isFull()) {
            gathering.consume(track, stream, extendedSequence, nowNanos);
        }
    }

    /** Whether something waits for {@link #forward}. */
    boolean hasMedia() {
        return !gathering.isEmpty() || !leaving.isEmpty();
    }

    /**
     * Until when what has come is better not forwarded, as more of its frame follows: for no longer
     * than it takes to give a packet to all who watch, which would keep the rest waiting as long.
     * {@link Deadline#NEVER} for what is to be forwarded at once.
     */
    long heldUntilNanos() {
        int viewers = room.subscribers().size();
        boolean isHeld =
                leaving.isEmpty() && viewers >= MIN_VIEWERS_TO_HOLD && gathering.isWithinFrame();
        return isHeld
                ? gathering.beganNanos() + Math.min(MAX_HOLD_NANOS, viewers * HOLD_NANOS_EACH)
                : Deadline.NEVER;
    }

    /**
     * Gives what has come to viewers.
     *
     * @param packets about what is given at most, counted for each viewer
     * @return how much was
     */
    int forward(int packets, long nowNanos, SessionSink out) {
        if (leaving.isEmpty()) {
            begin(nowNanos);
        }
        List<Subscriber> viewers = room.subscribers();
        int given = 0;
        while (nextViewer < viewers.size() && given < packets) {
            Subscriber viewer = viewers.get(nextViewer++);
            leaving.forward(viewer, nowNanos, out);
            viewer.session().sender().flush(out);
            given += 1 + leaving.packets();
        }
        if (nextViewer >= viewers.size()) {
            leaving.clear();
            waitedNanos = gathering.isEmpty() ? 0 : nowNanos - gathering.beganNanos();
        }
        return given;
    }

    private void begin(long nowNanos) {
        MediaBatch gathered = gathering;
        gathering = leaving;
        leaving = gathered;
        nextViewer = 0;
        waitedNanos = nowNanos - leaving.beganNanos();
    }

    /**
     * Gives what has come to all who watch, as there will be no other time for it; what would keep
     * the loop for too long is dropped.
     */
    void finish(long nowNanos, SessionSink out) {
        int packets = LAST_PACKETS;
        while (hasMedia() && packets > 0) {
            packets -= forward(packets, nowNanos, out);
        }
        counters.dropped(DropReason.OVERLOAD).add(leaving.packets() + gathering.packets());
        release();
    }

    /** A viewer has left the room. */
    void onLeft(int viewer) {
        if (viewer < nextViewer) {
            nextViewer--;
        }
    }

    /** Lets go of what was not forwarded. */
    void release() {
        gathering.clear();
        leaving.clear();
    }
}
