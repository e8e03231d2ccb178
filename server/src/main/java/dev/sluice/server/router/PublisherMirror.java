package dev.sluice.server.router;

import dev.sluice.media.rtp.RtpPacket;
import dev.sluice.media.sdp.NegotiatedCodec;
import dev.sluice.media.sdp.NegotiatedMedia;
import dev.sluice.media.time.Deadline;
import dev.sluice.server.session.LoopCounters;
import dev.sluice.server.session.SessionSink;

import io.netty.buffer.ByteBuf;
import io.netty.util.collection.IntObjectHashMap;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/**
 * A publisher of another loop as the viewers of this one see him: his tracks, whose packets a
 * {@link Relay} brings, each with its own ring for what is sent again. What viewers ask of him goes
 * back over {@link PictureRequests}.
 */
final class PublisherMirror extends Timed {

    /** Packets taken in one go; the loop's own sockets get their turn after that. */
    static final int DRAIN_PACKETS = 256;

    private final Room room;
    private final int loop;
    private final PictureRequests requests;
    private final Relay.Hop hop = new Relay.Hop();
    private final List<PublishedTrack> tracks = new ArrayList<>();
    private final IntObjectHashMap<MirroredStream> streams = new IntObjectHashMap<>();
    private final RtpPacket packet = new RtpPacket();
    private final FanOut fanOut;
    private long knownLost;
    private boolean isOpen;
    private boolean isClosed;

    /**
     * @param loop the publisher's
     */
    PublisherMirror(Room room, int loop, PictureRequests requests, LoopCounters counters) {
        this.room = room;
        this.loop = loop;
        this.requests = requests;
        this.fanOut = new FanOut(room, counters);
    }

    Room room() {
        return room;
    }

    /** The publisher's loop. */
    int loop() {
        return loop;
    }

    /** What comes from there; the only part that the other loop touches. */
    Relay.Hop hop() {
        return hop;
    }

    /** The publisher is there, and has these media sections. */
    void open(List<NegotiatedMedia> sections) {
        sections.forEach(media -> tracks.add(new PublishedTrack(media, requests)));
        isOpen = true;
    }

    /** Whether it is known what the publisher sends. */
    boolean isOpen() {
        return isOpen;
    }

    boolean isClosed() {
        return isClosed;
    }

    List<PublishedTrack> tracks() {
        return tracks;
    }

    /** The way to all who watch on this loop. */
    FanOut fanOut() {
        return fanOut;
    }

    /** Takes in all that has come, and forwards it; after the last. */
    void drainAll(long nowNanos, SessionSink out) {
        while (drain(nowNanos, out)) {
            // There may be more.
        }
        fanOut.finish(nowNanos, out);
    }

    /**
     * Takes in what has come; it is forwarded when it is the {@link #fanOut}'s turn.
     *
     * @return whether there may be more
     */
    boolean drain(long nowNanos, SessionSink out) {
        hop.queue.onWokenUp();
        int taken = 0;
        while (taken < DRAIN_PACKETS && !isClosed && hop.queue.poll()) {
            taken++;
            take(hop.queue.item(), hop.queue.tag(), hop.queue.number(), nowNanos, out);
        }
        healLoss(nowNanos, out);
        return taken == DRAIN_PACKETS && !isClosed;
    }

    private void take(Object item, int number, long sequence, long nowNanos, SessionSink out) {
        if (item instanceof RelayNote.Stream announced) {
            announce(number, announced);
            return;
        }
        MirroredStream stream = streams.get(number);
        PublishedTrack track = stream == null ? null : track(stream.media().index());
        if (stream == null || track == null) {
            throw new IllegalStateException("a relay tells of each stream first: " + number);
        }
        switch (item) {
            case ByteBuf media -> onMedia(track, stream, media, sequence, nowNanos, out);
            case RelayNote.Clock(var report, long atNanos) -> {
                stream.onSenderReport(report, atNanos);
                room.onSenderReport(track, stream, nowNanos, out);
            }
            case RelayNote.Plain note -> {
                switch (note) {
                    case CONSUMED -> fanOut.consume(track, stream, sequence, nowNanos);
                    case REPAIR_GIVEN_UP -> track.onRepairGivenUp(stream, nowNanos, out);
                }
            }
            default -> throw new IllegalStateException("unknown item of a relay: " + item);
        }
    }

    private void announce(int number, RelayNote.Stream announced) {
        PublishedTrack track = track(announced.mediaIndex());
        if (track != null) {
            var stream = new MirroredStream(track.media(), announced);
            stream.onSenderReport(announced.report(), announced.reportNanos());
            streams.put(number, stream);
        }
    }

    private void onMedia(
            PublishedTrack track,
            MirroredStream stream,
            ByteBuf media,
            long sequence,
            long nowNanos,
            SessionSink out) {
        boolean isFirst = stream.highestSequence() < 0;
        if (!stream.keep(sequence, media) || !packet.wrap(media)) {
            return;
        }
        if (isFirst) {
            track.stream(stream).sizes(stream.announcedSizes());
        }
        NegotiatedCodec codec = stream.codec(packet.payloadType());
        if (codec != null) {
            fanOut.take(track, codec, stream, packet, sequence, nowNanos, out);
        }
        packet.clear();
    }

    /** What did not fit is gone: whoever watches needs a new beginning. */
    private void healLoss(long nowNanos, SessionSink out) {
        long lost = hop.lost.value();
        if (lost != knownLost) {
            knownLost = lost;
            for (MirroredStream stream : streams.values()) {
                PublishedTrack track = track(stream.media().index());
                if (track != null) {
                    track.onRepairGivenUp(stream, nowNanos, out);
                }
            }
        }
    }

    private @Nullable PublishedTrack track(int mediaIndex) {
        for (PublishedTrack track : tracks) {
            if (track.media().index() == mediaIndex) {
                return track;
            }
        }
        return null;
    }

    @Override
    void onDeadline(long nowNanos, SessionSink out) {
        tracks.forEach(track -> track.onDeadline(nowNanos, out));
    }

    @Override
    long nextDeadlineNanos() {
        long next = Deadline.NEVER;
        for (int i = 0; i < tracks.size() && !isClosed; i++) {
            next = Math.min(next, tracks.get(i).nextDeadlineNanos());
        }
        return next;
    }

    /** Lets go of what is kept; what still comes is for {@link #discard}. */
    void close() {
        isClosed = true;
        fanOut.release();
        streams.values().forEach(MirroredStream::release);
        streams.clear();
    }

    /** Nothing comes any more: lets go of what waits. */
    void discard() {
        hop.clear();
    }
}
