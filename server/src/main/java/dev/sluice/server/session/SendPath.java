package dev.sluice.server.session;

import dev.sluice.media.buffer.PacketRing;
import dev.sluice.media.bwe.CongestionController;
import dev.sluice.media.pacing.Pacer;
import dev.sluice.media.pacing.PacketPriority;
import dev.sluice.media.time.Deadline;

import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;

import java.util.Objects;

/**
 * The way of RTP to a viewer behind the rewriting: the pacer's queue, the last stamps, protection,
 * and the record by which his feedback tells what his network carries ({@link RateControl}).
 */
final class SendPath implements Pacer.Sink<OutgoingPacket> {

    /** What each datagram costs below RTP: IPv4 and UDP. */
    static final int OVERHEAD_BYTES = 28;

    private final PeerSession session;
    private final CongestionController congestion;
    private final Pacer<OutgoingPacket> pacer;
    private final RateControl rate;
    private final OutgoingPackets packets;
    private final SendRuns runs;
    private final PeerTransport transport;
    private final EgressPath egress;

    /** Where released packets go; set during a call. */
    private @Nullable SessionSink out;

    /** What was let go of and has not left; null when nothing has. */
    private @Nullable SendRun run;

    /** The deadline that the engine knows of. */
    private long askedNanos = Deadline.NEVER;

    SendPath(
            PeerSession session,
            PeerTransport transport,
            EgressPath egress,
            SendSettings settings,
            LoopTools tools,
            long nowNanos) {
        this.session = session;
        this.packets = tools.packets();
        this.congestion = new CongestionController(settings.estimation(), nowNanos);
        this.pacer = new Pacer<>(settings.pacing(), nowNanos);
        this.runs = tools.runs();
        this.transport = transport;
        this.egress = egress;
        this.rate = new RateControl(session, congestion, pacer, nowNanos);
    }

    /** How much may leave, by what the peer says. */
    RateControl rate() {
        return rate;
    }

    /**
     * Takes the buffer of a packet that is still to be stamped and protected.
     *
     * @param exact whether it may not be padded
     */
    void send(
            ByteBuf packet,
            PacketLayout layout,
            boolean exact,
            PacketPriority priority,
            long nowNanos,
            SessionSink sink) {
        enqueue(packets.packet(packet, layout, exact), priority, nowNanos, sink);
    }

    /** As {@link #send}, and a copy of the datagram goes to the ring when it leaves. */
    void sendAndKeep(
            ByteBuf packet,
            PacketLayout layout,
            boolean exact,
            PacketPriority priority,
            PacketRing ring,
            long ringSequence,
            long nowNanos,
            SessionSink sink) {
        enqueue(packets.kept(packet, layout, exact, ring, ringSequence), priority, nowNanos, sink);
    }

    /** Takes the buffer of a datagram that leaves again, byte for byte. */
    void resend(ByteBuf datagram, long nowNanos, SessionSink sink) {
        enqueue(packets.sealed(datagram), PacketPriority.RETRANSMISSION, nowNanos, sink);
    }

    private void enqueue(
            OutgoingPacket packet, PacketPriority priority, long nowNanos, SessionSink sink) {
        out = sink;
        int sizeBytes = packet.buffer().readableBytes() + OVERHEAD_BYTES;
        pacer.enqueue(packet, sizeBytes, priority, nowNanos, this);
        if (pacer.nextDeadlineNanos() < askedNanos) {
            // Something waits, or a probe has begun.
            sink.onDeadlineMoved(session);
        }
    }

    /**
     * Sends padding past the queue, which is empty; takes the buffer and returns what it weighs.
     */
    int sendPadding(ByteBuf packet, PacketLayout layout, int probeId, long nowNanos) {
        int sizeBytes = packet.readableBytes() + OVERHEAD_BYTES;
        onRelease(packets.packet(packet, layout, true), probeId, nowNanos);
        return sizeBytes;
    }

    /** What is let go of leaves with {@link #flush}. */
    @Override
    public void onRelease(OutgoingPacket packet, int probeId, long nowNanos) {
        packet.release(probeId, nowNanos);
        openRun().add(packet);
    }

    private SendRun openRun() {
        SendRun open = run;
        if (open == null) {
            open = runs.take();
            run = open;
            sink().onPacketsReleased(session);
        }
        return open;
    }

    /** Seals and sends what the pacer has let go of. */
    void flush(SessionSink sink) {
        SendRun open = run;
        if (open != null) {
            run = null;
            try {
                open.flush(this, sink);
            } finally {
                runs.giveBack(open);
            }
        }
    }

    /** Whether sealed packets can leave as a run. */
    boolean takesRuns(SessionSink sink) {
        return transport.takesRuns(sink);
    }

    /** Sends a packet, sealed where it is not. */
    void sendAlone(OutgoingPacket packet, SessionSink sink) {
        ByteBuf datagram = packet.buffer();
        if (packet.isSealed() ? sealAgain(packet) : seal(packet, 0)) {
            transport.transmit(datagram, sink);
        }
    }

    private boolean sealAgain(OutgoingPacket packet) {
        boolean mayLeave = egress.prepareAgain(packet.buffer());
        packets.giveBack(packet);
        return mayLeave;
    }

    /** Seals a packet into a run. */
    void seal(OutgoingPacket packet, int paddingBytes, DatagramRun into) {
        ByteBuf datagram = packet.buffer();
        if (seal(packet, paddingBytes)) {
            into.add(datagram);
        }
    }

    /** Sends sealed packets; takes the buffers out of the run. */
    void send(DatagramRun sealed, SessionSink sink) {
        transport.transmitRun(sealed, sink);
    }

    /** Stamps and protects; whether the packet's buffer may leave, which is released otherwise. */
    private boolean seal(OutgoingPacket packet, int paddingBytes) {
        ByteBuf buffer = packet.buffer();
        boolean isSealed =
                egress.prepareRtp(buffer, packet.layout(), paddingBytes, packet.releasedNanos());
        if (isSealed) {
            congestion.onPacketSent(
                    egress.transportSequence(),
                    egress.ssrc(),
                    egress.sequenceNumber(),
                    buffer.readableBytes() + OVERHEAD_BYTES,
                    packet.probeId(),
                    packet.releasedNanos());
            packet.keep();
        }
        packets.giveBack(packet);
        return isSealed;
    }

    private SessionSink sink() {
        return Objects.requireNonNull(out, "called outside of a call");
    }

    @Override
    public int onPaddingWanted(int bytes, int probeId, long nowNanos) {
        return sink().onPaddingWanted(session, bytes, probeId, nowNanos);
    }

    void onDeadline(long nowNanos, SessionSink sink) {
        out = sink;
        rate.onDeadline(nowNanos, sink);
        if (Deadline.isDue(pacer.nextDeadlineNanos(), nowNanos)) {
            pacer.onDeadline(nowNanos, this);
        }
    }

    long nextDeadlineNanos() {
        askedNanos = Math.min(congestion.nextDeadlineNanos(), pacer.nextDeadlineNanos());
        return askedNanos;
    }

    SendStats stats(long nowNanos) {
        return new SendStats(
                congestion.targetBps(),
                congestion.pacingBps(),
                pacer.queuedPackets(),
                pacer.queuedBytes(),
                pacer.oldestWaitNanos(nowNanos),
                congestion.rttNanos(),
                congestion.lossRatio(),
                congestion.isApplicationLimited(),
                congestion.hasLostFeedback());
    }

    /** Lets go of what waits. */
    void release() {
        pacer.clear(packet -> packet.buffer().release());
        SendRun open = run;
        if (open != null) {
            run = null;
            open.release();
            runs.giveBack(open);
        }
    }
}
