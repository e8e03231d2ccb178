package dev.sluice.server.router;

import dev.sluice.media.rtcp.Nack;
import dev.sluice.media.sdp.NegotiatedCodec;
import dev.sluice.media.send.RetransmissionCache;
import dev.sluice.server.session.PeerSession;
import dev.sluice.server.session.SessionSink;
import dev.sluice.video.rewrite.PacketNumbers;

import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;

/**
 * What a viewer is sent again out of the publisher's ring: what he has lost, and the latest packets
 * as padding while his network is probed.
 */
final class Retransmissions {

    /** The loss ratio from which on answers to NACKs are sent twice. */
    private static final double REPEATED_ANSWER_LOSS = 0.02;

    /** Less padding than this is sent without a payload. */
    private static final int MIN_REPEATED_BYTES = 300;

    /** The latest packets, one after the other, serve as padding. */
    private static final int REPEATED_PACKETS = 16;

    private final PeerSession session;
    private final LayerSwitch layers;
    private final ViewerStream stream;
    private final RepairPath path;
    private final KeptPacket kept = new KeptPacket();
    private final PacketNumbers numbers = new PacketNumbers();
    private int repeated;

    Retransmissions(PeerSession session, LayerSwitch layers, ViewerStream stream) {
        this.session = session;
        this.layers = layers;
        this.stream = stream;
        this.path = stream.repairs();
    }

    void onNack(Nack nack, long nowNanos, SessionSink out) {
        NegotiatedCodec codec = stream.codec();
        if (codec == null) {
            return;
        }
        for (int sequence : nack.lost()) {
            if (!stream.isBeforeKeyFrame(sequence)
                    && stream.sent().retransmissions().find(sequence, nowNanos)
                            == RetransmissionCache.Answer.RESEND) {
                repair(codec, sequence, nowNanos, out);
            }
        }
        kept.clear();
    }

    private void repair(NegotiatedCodec codec, int sequence, long nowNanos, SessionSink out) {
        MediaPacket media = find(sequence);
        if (media == null || !mayRetransmit(media, nowNanos)) {
            return;
        }
        if (codec.rtxPayloadType() >= 0) {
            path.sendByRtx(stream.rewrite(media, numbers, codec), codec, nowNanos, out);
            if (isLossy() && mayRetransmit(media, nowNanos)) {
                // The answer may be lost as well, and a third round comes too late to be seen.
                path.sendByRtx(stream.rewrite(media, numbers, codec), codec, nowNanos, out);
            }
        } else if (path.sendAgain(numbers.extendedSequence(), nowNanos, out)) {
            stream.sent().onResent(media.packet());
        }
    }

    private boolean mayRetransmit(MediaPacket media, long nowNanos) {
        return session.mayRetransmit(media.packet().sizeBytes(), nowNanos);
    }

    private boolean isLossy() {
        return session.estimate().lossRatio() > REPEATED_ANSWER_LOSS;
    }

    /**
     * Finds a packet that the viewer was sent: the published one, from which it is rewritten anew,
     * and in {@link #numbers} the very ones that it was sent with.
     *
     * @param sequence as sent, 16 bits
     * @return null when it is not there any more
     */
    private @Nullable MediaPacket find(int sequence) {
        PublishedStream source =
                stream.numbering().recall(sequence, numbers)
                        ? layers.stream(numbers.source())
                        : null;
        return source == null ? null : kept.read(source, numbers.sourceSequence());
    }

    /**
     * Sends padding to probe the viewer's network.
     *
     * @return the bytes sent; 0 where the track has nothing to pad with
     */
    int pad(int bytes, int probeId, long nowNanos) {
        NegotiatedCodec codec = stream.codec();
        if (codec == null || codec.rtxPayloadType() < 0) {
            return 0;
        }
        int sent = bytes < MIN_REPEATED_BYTES ? 0 : repeat(codec, probeId, nowNanos);
        long timestamp = stream.numbering().lastTimestamp();
        return sent > 0 ? sent : path.pad(codec, timestamp, bytes, probeId, nowNanos);
    }

    /** Sends one of the latest packets again, which may fill a gap while it probes. */
    private int repeat(NegotiatedCodec codec, int probeId, long nowNanos) {
        long sequence = stream.numbering().newestSequence() - repeated++ % REPEATED_PACKETS;
        MediaPacket media = find((int) sequence & 0xFFFF);
        if (media == null) {
            return 0;
        }
        ByteBuf packet = stream.rewrite(media, numbers, codec);
        kept.clear();
        return path.padByRtx(packet, codec, probeId, nowNanos);
    }
}
