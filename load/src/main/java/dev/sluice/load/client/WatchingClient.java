package dev.sluice.load.client;

import dev.sluice.load.count.InjectedLoss;
import dev.sluice.load.count.ReceivedTotals;
import dev.sluice.load.count.Verification;
import dev.sluice.load.media.MediaStamp;
import dev.sluice.media.receive.RtxUnwrapper;
import dev.sluice.media.rtcp.RtcpPacket;
import dev.sluice.media.rtcp.SenderReport;
import dev.sluice.media.rtp.HeaderExtension;
import dev.sluice.media.rtp.RtpPacket;
import dev.sluice.media.rtp.TransportSequence;
import dev.sluice.media.sdp.NegotiatedSession;
import dev.sluice.srtp.context.SrtpReceiver;
import dev.sluice.srtp.context.SrtpStatus;

import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;

import java.net.InetSocketAddress;
import java.util.random.RandomGenerator;

/** Watches by WHEP: decrypts and counts what comes, and measures how long that took. */
public final class WatchingClient extends LoadClient {

    /** What {@link #keyFrameNanos} gives before the first key frame is complete. */
    public static final long NOT_YET = Long.MIN_VALUE;

    private static final long MAX_SSRC = 0xFFFF_FFFFL;

    private final ViewerSettings settings;
    private final DelaySink delays;
    private final InjectedLoss loss;
    private final long ownSsrc;
    private final RtpPacket packet = new RtpPacket();
    private final WatchedStreams streams = new WatchedStreams();
    private final ViewerFeedback feedback;
    private int transportId;
    private boolean hasJoined;
    private long keyFrameNanos = NOT_YET;
    private long lastMediaNanos;
    private long datagrams;
    private long bytes;
    private long retransmissions;
    private long padding;
    private long authenticated;
    private long rejected;
    private long unknown;

    /**
     * @param random of the injected loss
     * @param delays takes the delay of each stamped packet that is decrypted
     */
    public WatchingClient(
            ClientWorld world,
            ClientWire wire,
            InetSocketAddress localAddress,
            ViewerSettings settings,
            RandomGenerator random,
            DelaySink delays) {
        super(world, wire, localAddress, OfferedMedia.receiving(settings.codecs()));
        this.settings = settings;
        this.delays = delays;
        this.loss = new InjectedLoss(settings.lossPercent(), random);
        this.ownSsrc = random.nextLong(1, MAX_SSRC);
        this.feedback = new ViewerFeedback(ownSsrc, streams, this::sendRtcp);
    }

    @Override
    long reportSsrc() {
        return ownSsrc;
    }

    @Override
    String cname() {
        return "load-viewer";
    }

    @Override
    void onAgreed(NegotiatedSession session) {
        streams.onAgreed(session);
        transportId = session.media().getFirst().extensions().id(HeaderExtension.TRANSPORT_WIDE_CC);
    }

    @Override
    void onConnected(long nowNanos) {
        feedback.onConnected(settings.verification() != Verification.NONE, nowNanos);
    }

    @Override
    void onRtp(ByteBuf datagram, long nowNanos) {
        lastMediaNanos = nowNanos;
        SrtpReceiver receiver = receiver();
        if (receiver == null || loss.drops()) {
            return;
        }
        if (packet.wrapHeader(datagram)) {
            onRtp(receiver, datagram.readableBytes(), nowNanos);
            packet.clear();
        } else {
            rejected++;
        }
    }

    private void onRtp(SrtpReceiver receiver, int sizeBytes, long nowNanos) {
        long number = datagrams++;
        bytes += sizeBytes;
        noteArrival(nowNanos);
        int payloadType = packet.payloadType();
        if (streams.isRepair(payloadType)) {
            if (isOpened(receiver)) {
                onRepair(streams.repairedBy(payloadType), nowNanos);
            }
            return;
        }
        WatchedStream stream = streams.find(packet.ssrc(), payloadType);
        if (stream == null) {
            unknown++;
            return;
        }
        boolean opens = opens(stream, number);
        if (!opens || isOpened(receiver)) {
            onMedia(stream, opens, nowNanos);
        }
    }

    private boolean opens(WatchedStream stream, long number) {
        Verification verification = settings.verification();
        return verification.takes(number)
                || (verification != Verification.NONE && stream.awaitsKeyFrame());
    }

    private void noteArrival(long nowNanos) {
        int sequence = transportId == 0 ? -1 : TransportSequence.read(packet, transportId);
        if (sequence >= 0) {
            feedback.onArrival(sequence, packet.ssrc(), nowNanos);
        }
    }

    private boolean isOpened(SrtpReceiver receiver) {
        SrtpStatus status = receiver.unprotectRtp(packet);
        if (status == SrtpStatus.OK && packet.readPadding()) {
            authenticated++;
            return true;
        }
        rejected++;
        return false;
    }

    private void onMedia(WatchedStream stream, boolean isOpen, long nowNanos) {
        boolean isNew = stream.onPacket(packet, false, isOpen, nowNanos);
        if (isNew && isOpen) {
            measureDelay(nowNanos);
        }
        if (!hasJoined) {
            hasJoined = true;
            onJoined(nowNanos);
        }
        noteKeyFrame(nowNanos);
    }

    private void noteKeyFrame(long nowNanos) {
        if (keyFrameNanos == NOT_YET && streams.hasKeyFrame()) {
            keyFrameNanos = nowNanos;
            feedback.onKeyFrame();
        }
    }

    private void measureDelay(long nowNanos) {
        long sentNanos =
                MediaStamp.read(
                        packet.buffer(),
                        packet.payloadIndex() + packet.payloadSizeBytes(),
                        packet.payloadSizeBytes(),
                        world().run());
        if (sentNanos != MediaStamp.NONE) {
            delays.onDelay(nowNanos - sentNanos);
        }
    }

    private void onRepair(@Nullable WatchedStream stream, long nowNanos) {
        if (packet.payloadSizeBytes() == 0) {
            padding++;
            return;
        }
        retransmissions++;
        if (stream != null
                && RtxUnwrapper.unwrap(packet, stream.ssrc(), stream.format().payloadType())) {
            stream.onPacket(packet, true, true, nowNanos);
            noteKeyFrame(nowNanos);
        }
    }

    @Override
    void onRtcpPacket(RtcpPacket received, long nowNanos) {
        if (received instanceof SenderReport report) {
            WatchedStream stream = streams.ofSsrc(report.senderSsrc());
            if (stream != null) {
                stream.onSenderReport(report, nowNanos);
            }
        }
    }

    @Override
    long nextMediaDeadlineNanos() {
        return feedback.nextDeadlineNanos();
    }

    @Override
    void onMediaDeadline(long nowNanos) {
        feedback.onDeadline(nowNanos);
    }

    /** What was received so far. */
    public ReceivedTotals totals() {
        return new ReceivedTotals(
                datagrams,
                bytes,
                streams.expected(),
                streams.received(),
                streams.recovered(),
                streams.pending(),
                0,
                streams.duplicates(),
                streams.requested(),
                retransmissions,
                padding,
                loss.dropped(),
                authenticated,
                rejected,
                unknown);
    }

    /** When the first key frame was complete, or {@link #NOT_YET}. */
    public long keyFrameNanos() {
        return keyFrameNanos;
    }

    /** Whether it stays for a part of the run only. */
    public boolean comesAndGoes() {
        return settings.comesAndGoes();
    }

    /** When the last datagram of RTP came, those dropped on purpose included. */
    public long lastMediaNanos() {
        return lastMediaNanos;
    }

    @Override
    void release() {
        packet.clear();
    }
}
