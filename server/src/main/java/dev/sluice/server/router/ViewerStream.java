package dev.sluice.server.router;

import dev.sluice.media.rtcp.ReportBlock;
import dev.sluice.media.rtp.RtpPacket;
import dev.sluice.media.sdp.FormatMatch;
import dev.sluice.media.sdp.LocalTrack;
import dev.sluice.media.sdp.NegotiatedCodec;
import dev.sluice.media.sdp.NegotiatedMedia;
import dev.sluice.media.send.RetransmissionCache;
import dev.sluice.media.send.RtxWrapper;
import dev.sluice.media.send.SendStream;
import dev.sluice.server.session.DropReason;
import dev.sluice.server.session.LoopCounters;
import dev.sluice.server.session.PacketLayout;
import dev.sluice.server.session.PeerSession;
import dev.sluice.server.session.SessionSink;
import dev.sluice.video.rewrite.PacketNumbers;
import dev.sluice.video.rewrite.StreamRewriter;

import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;

import java.util.random.RandomGenerator;

/**
 * The one stream that a viewer gets of a track, whatever streams it is made of: the way of a packet
 * from the choice of layers over its numbers, the rewriting and the protection to the network.
 */
final class ViewerStream {

    private final NegotiatedMedia media;
    private final LayerSwitch layers;
    private final LoopCounters counters;
    private final HeaderRewriter rewriter;
    private final StreamRewriter numbering;

    /** Of the packet that is on its way. */
    private final PacketNumbers numbers;

    private final SendStream sent;
    private final RepairPath repairs;
    private final TrackProtection protection;
    private final RtpPacket rewritten = new RtpPacket();

    private @Nullable NegotiatedCodec sourceCodec;
    private @Nullable NegotiatedCodec viewerCodec;

    /** Where the viewer's last key frame begins, without the wrap; -1 before the first. */
    private long keyFrameSequence = -1;

    /**
     * @param numbers for a packet at a time; all viewers of a loop may have the same
     */
    ViewerStream(
            PeerSession session,
            NegotiatedMedia media,
            LocalTrack local,
            LayerSwitch layers,
            HeaderRewriter rewriter,
            LoopCounters counters,
            PacketNumbers numbers,
            RandomGenerator random) {
        this.media = media;
        this.layers = layers;
        this.counters = counters;
        this.rewriter = rewriter;
        this.numbers = numbers;
        int clockRateHz = media.codecs().getFirst().clockRateHz();
        int capacity = RetransmissionCache.VIDEO_CAPACITY_PACKETS;
        boolean remembers = media.codecs().stream().anyMatch(ViewerStream::isRepaired);
        this.numbering = new StreamRewriter(clockRateHz, capacity, remembers, random);
        this.sent = new SendStream(local.ssrc(), clockRateHz, capacity, remembers);
        RtxWrapper rtx =
                new RtxWrapper(
                        local.rtxSsrc(),
                        media.codecs().getFirst().rtxPayloadType(),
                        random.nextInt(1 << 15));
        this.repairs = new RepairPath(session.sender(), rtx, rewriter, counters);
        this.protection =
                new TrackProtection(
                        media, local, rewriter, () -> (int) numbering.insert() & 0xFFFF, random);
    }

    /** Whether packets may be sent again: of sound mostly not. */
    private static boolean isRepaired(NegotiatedCodec codec) {
        return codec.nack() || codec.rtxPayloadType() >= 0;
    }

    /** What was sent, and what the viewer reports of it. */
    SendStream sent() {
        return sent;
    }

    /** The viewer's numbers. */
    StreamRewriter numbering() {
        return numbering;
    }

    /** By which packets leave. */
    RepairPath repairs() {
        return repairs;
    }

    TrackProtection protection() {
        return protection;
    }

    /** The format that the viewer gets; null before the first packet, or where he has none. */
    @Nullable NegotiatedCodec codec() {
        return viewerCodec;
    }

    /** Another track is followed, or none: payload types mean something else, nothing is resent. */
    void onFollow() {
        sourceCodec = null;
        viewerCodec = null;
        repairs.release();
    }

    /** Lets the numbers go on with the packet's stream; it is joined and the packet sent next. */
    void begin(MediaPacket media, long nowNanos) {
        PublishedStream stream = media.stream();
        long timestamp = media.packet().timestamp();
        numbering.begin(
                layers.sourceId(stream),
                media.extendedSequence(),
                timestamp,
                SenderClocks.inOther(
                        timestamp, stream.incoming(), layers.source(), media.codec().clockRateHz()),
                nowNanos);
    }

    /** Sends the packet with the viewer's numbers, or leaves it out of them. */
    void pass(MediaPacket media, long nowNanos, SessionSink out) {
        NegotiatedCodec codec = codec(media.codec());
        if (codec == null) {
            counters.dropped(DropReason.NO_COMMON_FORMAT).increment();
            return;
        }
        long sequence = media.extendedSequence();
        if (isPadding(media)) {
            fill(numbering.consume(sequence), codec, nowNanos, out);
        } else if (media.isVideo() && !layers.admits(media)) {
            fill(numbering.leaveOut(media.layers(), sequence), codec, nowNanos, out);
        } else if (number(media, nowNanos)) {
            send(media, codec, nowNanos, out);
        } else {
            fill(numbering.consume(sequence), codec, nowNanos, out);
        }
    }

    /** The viewer's format for one of the publisher's. */
    private @Nullable NegotiatedCodec codec(NegotiatedCodec published) {
        if (sourceCodec == null || published.payloadType() != sourceCodec.payloadType()) {
            sourceCodec = published;
            viewerCodec =
                    media.codecs().stream()
                            .filter(codec -> FormatMatch.same(published, codec))
                            .findFirst()
                            .orElse(null);
        }
        return viewerCodec;
    }

    private boolean isPadding(MediaPacket media) {
        return media.isVideo() && media.packet().payloadSizeBytes() == 0;
    }

    private boolean number(MediaPacket media, long nowNanos) {
        return numbering.forward(
                media.layers(),
                layers.selector(),
                media.extendedSequence(),
                media.packet().timestamp(),
                media.packet().marker(),
                nowNanos,
                numbers);
    }

    private void send(MediaPacket media, NegotiatedCodec codec, long nowNanos, SessionSink out) {
        ByteBuf packet = rewrite(media, numbers, codec);
        PacketLayout layout =
                protection.isWrapping() ? rewriter.unknownLayout() : rewriter.layout();
        sent.onSent(numbers.sequence(), payloadBytes(packet, layout));
        noteKeyFrame(media);
        boolean isProtected = protection.isOn();
        repairs.send(
                isProtected ? protect(packet) : packet,
                layout,
                codec,
                protection.isCovering(),
                numbers.extendedSequence(),
                nowNanos,
                out);
        if (isProtected) {
            sendProtection(nowNanos, out);
        }
    }

    private void sendProtection(long nowNanos, SessionSink out) {
        for (ByteBuf repair = protection.poll(); repair != null; repair = protection.poll()) {
            repairs.sendProtection(repair, nowNanos, out);
        }
    }

    private int payloadBytes(ByteBuf packet, PacketLayout layout) {
        if (layout.isKnown()) {
            return packet.readableBytes() - layout.headerBytes();
        }
        rewritten.wrap(packet);
        int bytes = rewritten.payloadSizeBytes();
        rewritten.clear();
        return bytes;
    }

    private ByteBuf protect(ByteBuf packet) {
        rewritten.wrap(packet);
        ByteBuf leaving = protection.onPacket(rewritten, packet);
        rewritten.clear();
        return leaving;
    }

    /** The packet as the viewer gets it, with the numbers given to it. */
    ByteBuf rewrite(MediaPacket published, PacketNumbers given, NegotiatedCodec codec) {
        return rewriter.rewrite(published, given, codec.payloadType(), sent.ssrc());
    }

    private void noteKeyFrame(MediaPacket media) {
        boolean starts = media.isVideo() && media.startsKeyFrame();
        if (starts && numbers.extendedSequence() > keyFrameSequence) {
            keyFrameSequence = numbers.extendedSequence();
            repairs.onKeyFrame(keyFrameSequence);
        }
    }

    /** What was sent before the last key frame helps nobody any more. */
    boolean isBeforeKeyFrame(int sequence) {
        return numbering.unwrapSent(sequence) < keyFrameSequence;
    }

    /** A number of the source carried nothing that viewers get, such as FEC. */
    void consume(long extendedSequence, long nowNanos, SessionSink out) {
        NegotiatedCodec codec = viewerCodec;
        if (codec != null) {
            fill(numbering.consume(extendedSequence), codec, nowNanos, out);
        }
    }

    /**
     * A number that was left for a packet which the viewer does not get: an empty packet takes it,
     * so that he does not ask for it for ever.
     */
    private void fill(
            long extendedSequence, NegotiatedCodec codec, long nowNanos, SessionSink out) {
        if (extendedSequence == StreamRewriter.NONE) {
            return;
        }
        ByteBuf empty =
                rewriter.padding(
                        codec.payloadType(),
                        (int) extendedSequence & 0xFFFF,
                        numbering.lastTimestamp(),
                        sent.ssrc(),
                        1);
        rewritten.wrap(empty);
        sent.onResent(rewritten);
        rewritten.clear();
        repairs.send(
                empty, rewriter.unknownLayout(), codec, false, extendedSequence, nowNanos, out);
    }

    /** Returns the round trip that the viewer's reports tell, or -1. */
    long onReportBlock(ReportBlock block, long nowNanos) {
        rewriter.onReceptionConfirmed();
        sent.onReportBlock(block, nowNanos);
        return sent.rttNanos();
    }

    /** Lets go of what is kept to be sent again, and of what has not left. */
    void release() {
        repairs.release();
        protection.release();
    }
}
