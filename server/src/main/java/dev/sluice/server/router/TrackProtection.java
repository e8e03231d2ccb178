package dev.sluice.server.router;

import dev.sluice.media.fec.FecFormat;
import dev.sluice.media.fec.FecSender;
import dev.sluice.media.fec.Protection;
import dev.sluice.media.fec.ProtectionPolicy;
import dev.sluice.media.fec.RedAudioSender;
import dev.sluice.media.fec.RedWriter;
import dev.sluice.media.rtp.MediaKind;
import dev.sluice.media.rtp.RtpPacket;
import dev.sluice.media.sdp.LocalTrack;
import dev.sluice.media.sdp.NegotiatedFec;
import dev.sluice.media.sdp.NegotiatedMedia;
import dev.sluice.server.session.NetworkEstimate;

import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.function.IntSupplier;
import java.util.random.RandomGenerator;

/**
 * Protects one viewer's track against loss, where he agreed on it and while he loses something:
 * sound by RED (RFC 2198), pictures by FlexFEC or, inside of RED, ULPFEC.
 */
final class TrackProtection implements FecSender.Output {

    /** What protection may take of what the network carries. */
    private static final double MAX_SHARE = 0.3;

    /** How many of the packets before it each packet of sound repeats. */
    private static final int AUDIO_REDUNDANCY = 2;

    private final HeaderRewriter rewriter;
    private final IntSupplier nextSequence;
    private final int redPayloadType;
    private final boolean hasUlpfec;
    private final @Nullable FecSender fec;
    private final @Nullable RedAudioSender redundancy;
    private final ProtectionPolicy policy;
    private final ArrayDeque<ByteBuf> repairs = new ArrayDeque<>();
    private final RtpPacket redView = new RtpPacket();
    private boolean repeatsSound;
    private boolean covers;

    /**
     * @param nextSequence takes the next number of the media's stream, 16 bits
     */
    TrackProtection(
            NegotiatedMedia media,
            LocalTrack local,
            HeaderRewriter rewriter,
            IntSupplier nextSequence,
            RandomGenerator random) {
        NegotiatedFec agreed = media.fec();
        boolean isAudio = media.kind() == MediaKind.AUDIO;
        this.rewriter = rewriter;
        this.nextSequence = nextSequence;
        this.redPayloadType = agreed.redPayloadType();
        this.hasUlpfec = agreed.hasUlpfec() && !agreed.hasFlexfec();
        this.fec = isAudio ? null : fecSender(media, local, random.nextInt(1 << 15));
        this.redundancy =
                isAudio && agreed.hasRed()
                        ? new RedAudioSender(
                                redPayloadType, agreed.redInnerPayloadType(), AUDIO_REDUNDANCY)
                        : null;
        boolean hasRetransmissions = !isAudio && media.codecs().getFirst().nack();
        this.policy = new ProtectionPolicy(hasRetransmissions);
    }

    private static @Nullable FecSender fecSender(
            NegotiatedMedia media, LocalTrack local, int firstSequence) {
        NegotiatedFec agreed = media.fec();
        if (agreed.hasFlexfec()) {
            boolean isDraft = agreed.flexfec03PayloadType() >= 0;
            return FecSender.flexFec(
                    isDraft ? FecFormat.FLEXFEC_03 : FecFormat.FLEXFEC,
                    isDraft ? agreed.flexfec03PayloadType() : agreed.flexfecPayloadType(),
                    local.fecSsrc(),
                    local.ssrc(),
                    firstSequence,
                    media.extensions());
        }
        return agreed.hasUlpfec()
                ? FecSender.ulpFec(
                        agreed.redPayloadType(),
                        agreed.ulpfecPayloadType(),
                        local.ssrc(),
                        media.extensions())
                : null;
    }

    /**
     * Follows the viewer's network.
     *
     * @param mediaBps what the track takes without protection
     */
    void follow(NetworkEstimate network, long mediaBps, long nowNanos) {
        if (fec == null && redundancy == null) {
            return;
        }
        Protection protection =
                policy.update(
                        network.lossRatio(),
                        network.meanLossBurst(),
                        network.rttNanos(),
                        mediaBps,
                        (long) (MAX_SHARE * network.targetBps()),
                        nowNanos);
        if (fec != null) {
            fec.protection(protection);
            covers = protection.isOn();
        }
        if (redundancy != null) {
            repeatSound(redundancy, protection.isOn());
        }
    }

    private void repeatSound(RedAudioSender sound, boolean wanted) {
        if (repeatsSound && !wanted) {
            sound.reset();
        }
        repeatsSound = wanted;
    }

    /** What protection adds to what the media takes, as a ratio. */
    double overhead() {
        if (repeatsSound) {
            return AUDIO_REDUNDANCY;
        }
        return fec == null ? 0 : fec.protection().overhead();
    }

    /** Whether {@link #onPacket} has anything to do with packets that leave now. */
    boolean isOn() {
        return repeatsSound || isCovering();
    }

    /** Whether packets leave inside of others now. */
    boolean isWrapping() {
        return repeatsSound || (isCovering() && hasUlpfec);
    }

    /** Whether packets that leave now are covered by repair packets. */
    boolean isCovering() {
        return covers;
    }

    /**
     * Takes in a packet that is about to leave, and gives what leaves in its place.
     *
     * @param view of the buffer
     * @param packet rewritten for the viewer; taken over
     */
    ByteBuf onPacket(RtpPacket view, ByteBuf packet) {
        if (repeatsSound && redundancy != null) {
            ByteBuf red = rewriter.allocate(RedAudioSender.maxSizeBytes(view));
            redundancy.write(view, red);
            packet.release();
            return red;
        }
        if (fec == null || !isCovering()) {
            return packet;
        }
        if (!hasUlpfec) {
            fec.onSent(view, this);
            return packet;
        }
        // ULPFEC looks at packets as they leave: inside of RED.
        ByteBuf red = insideRed(view, packet);
        redView.wrap(red);
        fec.onSent(redView, this);
        redView.clear();
        return red;
    }

    private ByteBuf insideRed(RtpPacket view, ByteBuf packet) {
        ByteBuf red = rewriter.allocate(packet.readableBytes() + RedWriter.OVERHEAD_BYTES);
        RedWriter.wrap(view, redPayloadType, red);
        packet.release();
        return red;
    }

    /**
     * Gives the next repair packet that is due behind the last packet, or null; it passes. There
     * are none but while {@link #isOn}.
     */
    @Nullable ByteBuf poll() {
        return repairs.pollFirst();
    }

    /** Lets go of what has not left. */
    void release() {
        repairs.forEach(repair -> repair.release());
        repairs.clear();
        if (fec != null) {
            fec.release();
        }
    }

    @Override
    public ByteBuf allocate(int sizeBytes) {
        return rewriter.allocate(sizeBytes);
    }

    @Override
    public int takeSequenceNumber() {
        return nextSequence.getAsInt();
    }

    @Override
    public void onRepairPacket(ByteBuf packet) {
        repairs.addLast(packet);
    }
}
