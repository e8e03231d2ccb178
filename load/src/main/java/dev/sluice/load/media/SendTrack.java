package dev.sluice.load.media;

import dev.sluice.media.buffer.PacketRing;
import dev.sluice.media.rtcp.SenderReport;
import dev.sluice.media.rtp.AbsSendTime;
import dev.sluice.media.rtp.HeaderExtension;
import dev.sluice.media.rtp.HeaderExtensionMap;
import dev.sluice.media.rtp.RtpHeaderWriter;
import dev.sluice.media.rtp.RtpPacket;
import dev.sluice.media.rtp.TransportSequence;
import dev.sluice.media.send.RtxWrapper;
import dev.sluice.media.seq.SequenceNumbers;
import dev.sluice.media.time.Deadline;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** One stream of a publisher: frames at their time, packets paced, lost ones sent again. */
public final class SendTrack {

    /** The largest RTP packet, as libwebrtc has it. */
    static final int MAX_PACKET_BYTES = 1200;

    /** Packets leave so many times as fast as they are made, as in libwebrtc's pacer. */
    private static final double PACING_FACTOR = 2.5;

    private static final int RING_PACKETS = 1024;

    /** Fixed header, and an extension block of MID, send time and transport-wide number. */
    private static final int HEADER_BYTES = 12 + 4 + 20;

    private static final int TAG_ROOM_BYTES = 32;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final long UNSIGNED_INT = 0xFFFF_FFFFL;

    /** Takes packets that leave now: in the clear, stamped, with room for the tag. */
    public interface Sink {

        /** Takes the buffer over. */
        void send(ByteBuf packet);
    }

    private record Queued(ByteBuf packet, long dueNanos) {}

    private final TrackSettings settings;
    private final ByteBufAllocator allocator;
    private final FrameClock clock;
    private final FrameMaker frames;
    private final PacketRing ring = new PacketRing(RING_PACKETS);
    private final Deque<Queued> queue = new ArrayDeque<>();
    private final RtpHeaderWriter header = new RtpHeaderWriter();
    private final RtpPacket view = new RtpPacket();
    private final byte[] mid;
    private final int midId;
    private final int sendTimeId;
    private final int transportId;
    private final @Nullable RtxWrapper rtx;
    private long nextSequence;
    private long timestamp;
    private long frameBytes;
    private long packets;
    private long packetBytes;
    private long payloadBytes;
    private long retransmissions;
    private long nacked;

    public SendTrack(
            TrackSettings settings, FrameClock clock, FrameMaker frames, ByteBufAllocator alloc) {
        this.settings = settings;
        this.clock = clock;
        this.frames = frames;
        this.allocator = alloc;
        this.mid = settings.mid().getBytes(StandardCharsets.US_ASCII);
        HeaderExtensionMap extensions = settings.extensions();
        this.midId = extensions.id(HeaderExtension.MID);
        this.sendTimeId = extensions.id(HeaderExtension.ABS_SEND_TIME);
        this.transportId = extensions.id(HeaderExtension.TRANSPORT_WIDE_CC);
        this.rtx =
                settings.rtxPayloadType() < 0
                        ? null
                        : new RtxWrapper(settings.rtxSsrc(), settings.rtxPayloadType(), 0);
        this.nextSequence = (1L << 16) + settings.firstSequence();
    }

    /** From one frame to the next. */
    public long framePeriodNanos() {
        return clock.periodNanos();
    }

    /** The first frame is due now. */
    public void start(long nowNanos) {
        clock.start(nowNanos);
    }

    public long ssrc() {
        return settings.ssrc();
    }

    /** A key frame is wanted. */
    public void onKeyFrameRequest() {
        clock.keyFrames().onRequest();
    }

    public long nextDeadlineNanos() {
        Queued first = queue.peekFirst();
        long queued = first == null ? Deadline.NEVER : first.dueNanos();
        return Math.min(queued, clock.nextNanos());
    }

    /** Makes the frames and sends the packets that are due. */
    public void onDeadline(TransportNumbers numbers, long nowNanos, Sink out) {
        while (Deadline.isDue(clock.nextNanos(), nowNanos)) {
            makeFrame(clock.nextNanos());
        }
        while (!queue.isEmpty() && queue.getFirst().dueNanos() <= nowNanos) {
            release(queue.removeFirst().packet(), numbers, nowNanos, out);
        }
    }

    private void makeFrame(long dueNanos) {
        FrameClock.Frame frame = clock.take();
        timestamp = settings.firstTimestamp() + frame.ticks() & UNSIGNED_INT;
        frameBytes = 0;
        frames.make(
                frame.isKeyFrame(),
                frame.sizeBytes(),
                MAX_PACKET_BYTES - HEADER_BYTES,
                (payload, last) -> {
                    long offsetNanos = burstNanos(frameBytes);
                    frameBytes += payload.readableBytes();
                    queue.add(new Queued(packet(payload, last), dueNanos + offsetNanos));
                });
    }

    /**
     * When a byte of a frame leaves after the frame's first: with the burst that it is paced in.
     */
    private long burstNanos(long frameBytes) {
        double bytesPerNano = PACING_FACTOR * settings.rateBps() / Byte.SIZE / NANOS_PER_SECOND;
        long pacedNanos = (long) (frameBytes / bytesPerNano);
        return pacedNanos - pacedNanos % Math.max(1, settings.burstNanos());
    }

    private ByteBuf packet(ByteBuf payload, boolean last) {
        int capacity = HEADER_BYTES + payload.readableBytes() + TAG_ROOM_BYTES;
        ByteBuf packet = allocator.directBuffer(capacity);
        boolean marker = last && settings.marksFrames();
        int sequence = (int) nextSequence++ & 0xFFFF;
        header.begin(packet, settings.payloadType(), marker, sequence, timestamp, settings.ssrc());
        if (midId != HeaderExtensionMap.ABSENT) {
            header.element(midId, mid);
        }
        if (sendTimeId != HeaderExtensionMap.ABSENT) {
            header.element(sendTimeId, AbsSendTime.SIZE_BYTES, 0);
        }
        if (transportId != HeaderExtensionMap.ABSENT) {
            header.element(transportId, TransportSequence.SIZE_BYTES, 0);
        }
        header.end();
        return packet.writeBytes(payload, payload.readerIndex(), payload.readableBytes());
    }

    private void release(ByteBuf packet, TransportNumbers numbers, long nowNanos, Sink out) {
        view.wrap(packet);
        MediaStamp.write(
                packet, packet.writerIndex(), view.payloadSizeBytes(), settings.run(), nowNanos);
        packets++;
        packetBytes += packet.readableBytes();
        payloadBytes += view.payloadSizeBytes();
        if (rtx != null) {
            ring.put(extended(view.sequenceNumber()), packet.copy());
        }
        stamp(numbers, nowNanos);
        out.send(packet);
    }

    private long extended(int sequenceNumber) {
        return nextSequence + SequenceNumbers.distance((int) nextSequence, sequenceNumber);
    }

    private void stamp(TransportNumbers numbers, long nowNanos) {
        if (sendTimeId != HeaderExtensionMap.ABSENT) {
            AbsSendTime.overwrite(view, sendTimeId, nowNanos);
        }
        if (transportId != HeaderExtensionMap.ABSENT) {
            TransportSequence.overwrite(view, transportId, numbers.take());
        }
        view.clear();
    }

    /** Sends again what is asked for and still kept; without RTX nothing. */
    public void onNack(List<Integer> lost, TransportNumbers numbers, long nowNanos, Sink out) {
        nacked += lost.size();
        for (int sequence : lost) {
            ByteBuf kept = ring.get(extended(sequence));
            if (rtx != null && kept != null) {
                ByteBuf again =
                        allocator.directBuffer(
                                kept.readableBytes() + RtxWrapper.OVERHEAD_BYTES + TAG_ROOM_BYTES);
                view.wrap(kept);
                rtx.wrap(view, again);
                view.wrap(again);
                stamp(numbers, nowNanos);
                retransmissions++;
                out.send(again);
            }
        }
    }

    /** The stream's sender report for now. */
    public SenderReport report(long ntp, long nowNanos) {
        return new SenderReport(
                settings.ssrc(),
                ntp,
                settings.firstTimestamp() + clock.ticksAt(nowNanos) & UNSIGNED_INT,
                packets & UNSIGNED_INT,
                payloadBytes & UNSIGNED_INT,
                List.of());
    }

    public long packets() {
        return packets;
    }

    /** With RTP headers. */
    public long bytes() {
        return packetBytes;
    }

    public FrameClock clock() {
        return clock;
    }

    public long retransmissions() {
        return retransmissions;
    }

    /** Sequence numbers that were asked for. */
    public long nacked() {
        return nacked;
    }

    /** Lets go of all packets. */
    public void release() {
        clock.stop();
        ring.clear();
        queue.forEach(queued -> queued.packet().release());
        queue.clear();
    }
}
