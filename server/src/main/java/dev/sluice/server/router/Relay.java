package dev.sluice.server.router;

import dev.sluice.media.buffer.HopQueue;
import dev.sluice.media.rtcp.SenderReport;
import dev.sluice.media.stats.Counter;
import dev.sluice.server.session.DropReason;
import dev.sluice.server.session.LoopCounters;
import dev.sluice.server.session.MediaSource;

import io.netty.buffer.ByteBuf;

import java.util.BitSet;
import java.util.List;

/**
 * Carries what one publisher sends to the {@link PublisherMirror} of another loop, each packet
 * once, in order: the room forwards into it as to a viewer. The packets are those of the
 * publisher's ring, which nobody writes to any more; the mirror holds them as well.
 *
 * <p>What the mirror does not take in time is dropped, counted, and made good by a key frame.
 */
final class Relay {

    /** Packets that may wait for a mirror: about a second of video. */
    static final int CAPACITY_PACKETS = 1024;

    /** Streams of one media section; a session has no more in all. */
    private static final int MAX_STREAMS = 64;

    /** The two ends of a relay's queue, and what was lost between them. */
    static final class Hop {

        final HopQueue queue = new HopQueue(CAPACITY_PACKETS);

        /** Raised by the publisher's loop, read by the mirror's. */
        final Counter lost = new Counter();

        /** Lets go of all that waits; when only one side is left. */
        void clear() {
            while (queue.poll()) {
                if (queue.item() instanceof ByteBuf packet) {
                    packet.release();
                }
            }
        }
    }

    private final PublisherMirror mirror;
    private final int loop;
    private final Hop hop;
    private final LoopCounters counters;
    private final BitSet announced = new BitSet();
    private final List<Relay> unflushed;
    private boolean isUnflushed;

    /**
     * @param mirror belongs to another loop: only its {@link PublisherMirror#hop} may be touched
     * @param loop the mirror's
     * @param unflushed where the relay puts itself when it has something for the mirror
     */
    Relay(PublisherMirror mirror, int loop, LoopCounters counters, List<Relay> unflushed) {
        this.mirror = mirror;
        this.loop = loop;
        this.hop = mirror.hop();
        this.counters = counters;
        this.unflushed = unflushed;
    }

    PublisherMirror mirror() {
        return mirror;
    }

    /** The mirror's loop. */
    int loop() {
        return loop;
    }

    /**
     * Whether the mirror has to be told of what was put; asked once for each time it is unflushed.
     */
    boolean flush() {
        isUnflushed = false;
        return hop.queue.claimWakeUp();
    }

    /** Sends a packet that the publisher's ring has. */
    void forward(PublishedTrack track, MediaPacket media) {
        PublishedStream stream = media.stream();
        ByteBuf kept = media.kept();
        if (kept != null && announce(track, stream)) {
            if (offer(kept.retain(), number(track, stream), media.extendedSequence())) {
                counters.mirroredOut.increment();
            } else {
                kept.release();
                onLost();
            }
        }
    }

    /** A number of a stream carried nothing to forward. */
    void consume(PublishedTrack track, MediaSource source, long extendedSequence) {
        note(track, source, RelayNote.Plain.CONSUMED, extendedSequence);
    }

    /** Loss on the publisher's way cannot be repaired. */
    void giveUpRepair(PublishedTrack track, MediaSource source) {
        note(track, source, RelayNote.Plain.REPAIR_GIVEN_UP, 0);
    }

    /** The publisher told his clock. */
    void onSenderReport(PublishedTrack track, MediaSource source) {
        SenderReport report = source.lastSenderReport();
        if (report != null) {
            note(track, source, new RelayNote.Clock(report, source.lastSenderReportNanos()), 0);
        }
    }

    /** Tells of the streams that there are. */
    void begin(PublishedTrack track) {
        track.order().streams().forEach(stream -> announce(track, stream));
    }

    private void note(PublishedTrack track, MediaSource source, RelayNote note, long sequence) {
        PublishedStream stream = track.stream(source);
        if (announce(track, stream)) {
            offer(note, number(track, stream), sequence);
        }
    }

    /** Tells of a stream before anything else of it; false where that was not possible yet. */
    private boolean announce(PublishedTrack track, PublishedStream stream) {
        int number = number(track, stream);
        if (announced.get(number)) {
            return true;
        }
        MediaSource source = stream.incoming();
        var note =
                new RelayNote.Stream(
                        track.media().index(),
                        source.rid(),
                        source.ssrc(),
                        stream.sizes(),
                        source.lastSenderReport(),
                        source.lastSenderReportNanos());
        boolean isTold = offer(note, number, 0);
        announced.set(number, isTold);
        if (!isTold) {
            onLost();
        }
        return isTold;
    }

    private static int number(PublishedTrack track, PublishedStream stream) {
        return track.media().index() * MAX_STREAMS + stream.id();
    }

    private boolean offer(Object item, int stream, long sequence) {
        if (!isUnflushed) {
            isUnflushed = true;
            unflushed.add(this);
        }
        return hop.queue.offer(item, stream, sequence);
    }

    private void onLost() {
        counters.dropped(DropReason.MIRROR_FULL).increment();
        hop.lost.increment();
    }

    /** The mirror takes nothing any more: lets go of what waits for it. */
    void discard() {
        hop.clear();
    }
}
