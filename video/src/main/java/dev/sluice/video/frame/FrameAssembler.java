package dev.sluice.video.frame;

import dev.sluice.media.rtp.Codec;
import dev.sluice.media.time.Deadline;
import dev.sluice.video.payload.Depacketizer;
import dev.sluice.video.payload.Depacketizer.FrameStart;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/**
 * Makes frames out of one stream's packets as they arrive: reordered, repeated, or not at all.
 * Frames come out in order, and for each missing number it is told whether it was of the frame
 * before, of the one after, or of a frame that is lost wholly, as exactly as the payload format
 * tells.
 *
 * <p>A packet in its turn is written to its frame at once; only one that comes too early is
 * retained. A missing packet is given up when it has been missed for the longest wait, or when a
 * packet comes that is {@link #WINDOW_PACKETS} later, or on {@link #flush}. A frame with all before
 * it is given out with its marker, or with a packet of another timestamp. One whose end does not
 * come for the longest wait is given out without; if the end comes after all, it is given out as a
 * second frame of the same timestamp that has no start.
 *
 * <p>Packets without a payload, as senders use for probing, count as arrived and are of no frame.
 */
public final class FrameAssembler {

    /**
     * The most numbers from the first missing packet to the latest one: about a second of 10
     * Mbit/s.
     */
    public static final int WINDOW_PACKETS = 1024;

    /** The most payload bytes of a frame: what goes beyond is left out. */
    public static final int MAX_FRAME_BYTES = 8 << 20;

    private static final long NONE = -1;

    /** Below {@link #NONE}: nothing is missing before the first packet. */
    private static final long NOTHING_CAME = -2;

    private final FrameBuilder frame;
    private final PacketWindow window = new PacketWindow(WINDOW_PACKETS);
    private final SequenceRanges lost = new SequenceRanges();
    private final long maxWaitNanos;
    private long next = NONE;
    private long highest = NOTHING_CAME;
    private long lastArrivalNanos;
    private boolean firstIsStart;
    private boolean hasBegun;
    private boolean previousEnded = true;
    private boolean referencesIntact;
    private long previousTimestamp = NONE;

    /**
     * @param codec of the stream; tells key frames
     * @param depacketizer of the same format; used by nobody else
     * @param allocator of the frames' data
     * @param maxWaitNanos how long a missing packet is waited for, not negative
     */
    public FrameAssembler(
            Codec codec, Depacketizer depacketizer, ByteBufAllocator allocator, long maxWaitNanos) {
        if (maxWaitNanos < 0) {
            throw new IllegalArgumentException("Longest wait is " + maxWaitNanos + " ns");
        }
        this.frame = new FrameBuilder(codec, depacketizer, allocator);
        this.maxWaitNanos = maxWaitNanos;
    }

    /**
     * Says which packet is the first of the stream, before any came; otherwise it is the one that
     * comes first, and what is before that comes too late.
     */
    public void startAt(long sequence) {
        if (next != NONE || sequence < 0) {
            throw new IllegalArgumentException(
                    "Start at %d, expected one that is not negative before any packet"
                            .formatted(sequence));
        }
        next = sequence;
        highest = sequence - 1;
        firstIsStart = true;
    }

    /**
     * @param sequence extended sequence number, not negative
     * @param timestamp of RTP, 0 to 2^32 - 1
     * @param payload the readable bytes are the payload without padding; borrowed, retained where
     *     it has to wait
     */
    public PacketStatus onPacket(
            long sequence,
            long timestamp,
            boolean marker,
            ByteBuf payload,
            long nowNanos,
            FrameSink out) {
        if (sequence < 0) {
            throw new IllegalArgumentException("Extended sequence number " + sequence);
        }
        if (next == NONE) {
            next = sequence;
            highest = sequence - 1;
        }
        if (sequence < next) {
            return PacketStatus.TOO_LATE;
        }
        if (sequence - next >= WINDOW_PACKETS) {
            giveUpBefore(sequence - WINDOW_PACKETS + 1, out);
        }
        if (window.has(sequence)) {
            return PacketStatus.DUPLICATE;
        }
        noticeMissing(sequence, nowNanos);
        lastArrivalNanos = nowNanos;
        if (sequence != next) {
            window.put(sequence, timestamp, marker, payload);
            return PacketStatus.ACCEPTED;
        }
        next++;
        consume(sequence, timestamp, marker, payload, out);
        drain(out);
        return PacketStatus.ACCEPTED;
    }

    /** Gives up what has been missing for the longest wait. */
    public void onDeadline(long nowNanos, FrameSink out) {
        while (Deadline.isDue(nextDeadlineNanos(), nowNanos)) {
            if (next <= highest) {
                giveUpBefore(next + 1, out);
            } else {
                giveUpEnd(out);
            }
        }
    }

    /** When {@link #onDeadline} wants to be called, or {@link Deadline#NEVER}. */
    public long nextDeadlineNanos() {
        if (next <= highest) {
            return window.noticedNanos(next) + maxWaitNanos;
        }
        return frame.isOpen() ? lastArrivalNanos + maxWaitNanos : Deadline.NEVER;
    }

    /** Gives out all that came, and waits for none of the packets before any more. */
    public void flush(FrameSink out) {
        giveUpBefore(highest + 1, out);
        giveUpEnd(out);
        reportGap(FrameStart.UNKNOWN, out);
    }

    /** Releases all that is kept, without giving it out; packets may follow. */
    public void clear() {
        window.clear();
        frame.discard();
        lost.clear();
        next = NONE;
        highest = NOTHING_CAME;
        firstIsStart = false;
        hasBegun = false;
        previousEnded = true;
        referencesIntact = false;
        previousTimestamp = NONE;
    }

    private void noticeMissing(long sequence, long nowNanos) {
        for (long missing = Math.max(highest + 1, next); missing < sequence; missing++) {
            window.notice(missing, nowNanos);
        }
        highest = Math.max(highest, sequence);
    }

    private void giveUpBefore(long limit, FrameSink out) {
        while (next < limit) {
            if (next > highest) {
                lost.add(next, limit - 1);
                next = limit;
            } else if (!consumeWaiting(out)) {
                lost.add(next, next);
                next++;
            }
        }
        drain(out);
    }

    private void drain(FrameSink out) {
        boolean arrived = true;
        while (arrived && next <= highest) {
            arrived = consumeWaiting(out);
        }
    }

    private boolean consumeWaiting(FrameSink out) {
        long sequence = next;
        ByteBuf payload = window.take(sequence);
        if (payload == null) {
            return false;
        }
        next++;
        try {
            consume(sequence, window.timestamp(sequence), window.marker(sequence), payload, out);
        } finally {
            payload.release();
        }
        return true;
    }

    /** Takes the next packet that came; {@link #lost} has what is missing before it. */
    private void consume(
            long sequence, long timestamp, boolean marker, ByteBuf payload, FrameSink out) {
        if (frame.isOpen() && frame.timestamp() != timestamp) {
            closeFrame(lost.isEmpty(), out);
        }
        if (!frame.isOpen()) {
            if (!payload.isReadable()) {
                return;
            }
            openFrame(sequence, timestamp, payload, out);
        }
        frame.lose(lost);
        frame.add(sequence, payload);
        if (marker) {
            closeFrame(true, out);
        }
    }

    private void openFrame(long sequence, long timestamp, ByteBuf payload, FrameSink out) {
        FrameStart start = start(timestamp, payload);
        reportGap(start, out);
        hasBegun = true;
        frame.open(sequence, timestamp, start, payload);
    }

    private FrameStart start(long timestamp, ByteBuf payload) {
        if (!previousEnded && timestamp == previousTimestamp) {
            return FrameStart.NO; // the rest of a frame whose end was given up
        }
        boolean followsKnown = lost.isEmpty() && (hasBegun || firstIsStart);
        return followsKnown ? FrameStart.YES : frame.frameStart(payload);
    }

    private void reportGap(FrameStart nextStart, FrameSink out) {
        if (!lost.isEmpty()) {
            referencesIntact = false;
            FrameGap gap = new FrameGap(lost.toList(), previousEnded, nextStart);
            lost.clear();
            out.onGap(gap);
        }
    }

    private void giveUpEnd(FrameSink out) {
        if (frame.isOpen()) {
            closeFrame(false, out);
        }
    }

    private void closeFrame(boolean endKnown, FrameSink out) {
        previousEnded = endKnown;
        previousTimestamp = frame.timestamp();
        switch (frame.completeness(endKnown)) {
            case COMPLETE -> referencesIntact |= frame.keyFrame();
            case UNCERTAIN -> referencesIntact = frame.beginsAsKeyFrame();
            case INCOMPLETE -> referencesIntact = false;
        }
        frame.close(endKnown, referencesIntact, out);
    }
}
