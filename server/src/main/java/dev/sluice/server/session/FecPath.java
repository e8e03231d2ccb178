package dev.sluice.server.session;

import dev.sluice.media.fec.FecFormat;
import dev.sluice.media.fec.FecReceiver;
import dev.sluice.media.fec.FecStatus;
import dev.sluice.media.fec.MediaPackets;
import dev.sluice.media.fec.RecoveredPackets;
import dev.sluice.media.fec.RedRecovery;
import dev.sluice.media.fec.RedUnwrapper;
import dev.sluice.media.rtp.MediaKind;
import dev.sluice.media.rtp.RtpPacket;
import dev.sluice.media.sdp.NegotiatedFec;
import dev.sluice.media.stats.Counter;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

import org.jspecify.annotations.Nullable;

/**
 * Undoes what a peer sends against loss: RED around audio and video, ULPFEC inside of it, and
 * FlexFEC in streams of its own. What is recovered goes on as what was sent again does.
 */
final class FecPath implements MediaPackets, RecoveredPackets {

    private final IngressPath ingress;
    private final StreamTable streams;
    private final LoopCounters counters;
    private final ByteBufAllocator allocator;
    private final RedUnwrapper red = new RedUnwrapper();
    private final RedRecovery redundancy;
    private final RtpPacket recovered = new RtpPacket();

    /** Of the packet that is under way, for what is recovered with it. */
    private long nowNanos;

    private @Nullable SessionSink out;
    private Counter recoveries;

    FecPath(IngressPath ingress, StreamTable streams, SessionSetup setup) {
        this.ingress = ingress;
        this.streams = streams;
        this.counters = setup.counters();
        this.allocator = setup.allocator();
        this.redundancy = new RedRecovery(allocator);
        this.recoveries = counters.fecRecovered;
    }

    /** Takes a packet of a media stream. */
    void onMedia(
            RtpPacket packet,
            IncomingStream stream,
            boolean retransmitted,
            long nowNanos,
            SessionSink out) {
        begin(nowNanos, out);
        if (MediaFormats.isRed(stream.media(), packet.payloadType())) {
            onRed(packet, stream, retransmitted, nowNanos, out);
        } else {
            deliver(packet, stream, retransmitted, nowNanos, out);
        }
        end();
    }

    /** Takes a packet of a repair stream. */
    void onFlexfec(RtpPacket packet, IncomingStream stream, long nowNanos, SessionSink out) {
        FecFormat format = MediaFormats.flexfec(stream.media(), packet.payloadType());
        if (format == null) {
            ingress.drop(DropReason.UNKNOWN_PAYLOAD_TYPE);
            return;
        }
        begin(nowNanos, out);
        onFec(format, packet, stream);
        end();
    }

    private void begin(long nowNanos, SessionSink out) {
        this.nowNanos = nowNanos;
        this.out = out;
    }

    private void end() {
        out = null;
    }

    private void onRed(
            RtpPacket packet,
            IncomingStream stream,
            boolean retransmitted,
            long nowNanos,
            SessionSink out) {
        if (stream.media().kind() == MediaKind.AUDIO) {
            recoveries = counters.redRecovered;
            redundancy.recover(packet, this, this);
        }
        if (!red.unwrap(packet)) {
            ingress.drop(DropReason.MALFORMED_FEC);
        } else if (packet.payloadType() == stream.media().fec().ulpfecPayloadType()) {
            long sequence = stream.receive().onRepairPacket(packet, retransmitted, nowNanos);
            ingress.onConsumed(stream, sequence, nowNanos, out);
            onFec(FecFormat.ULPFEC, packet, stream);
        } else {
            deliver(packet, stream, retransmitted, nowNanos, out);
        }
    }

    private void onFec(FecFormat format, RtpPacket packet, IncomingStream stream) {
        counters.fecPacketsIn.increment();
        recoveries = counters.fecRecovered;
        FecStatus status = receiver(stream).onRepairPacket(format, packet, this, this);
        if (status == FecStatus.MALFORMED) {
            ingress.drop(DropReason.MALFORMED_FEC);
        }
    }

    private void deliver(
            RtpPacket packet,
            IncomingStream stream,
            boolean retransmitted,
            long nowNanos,
            SessionSink out) {
        int sequenceNumber = packet.sequenceNumber();
        IngressPath.Way way =
                retransmitted ? IngressPath.Way.RETRANSMITTED : IngressPath.Way.DIRECT;
        if (ingress.deliver(packet, stream, way, nowNanos, out) && hasFec(stream)) {
            recoveries = counters.fecRecovered;
            receiver(stream)
                    .onMediaPacket(stream.ssrc(), sequenceNumber, retransmitted, this, this);
        }
    }

    private static boolean hasFec(IncomingStream stream) {
        NegotiatedFec fec = stream.media().fec();
        return fec.hasUlpfec() || fec.hasFlexfec();
    }

    private FecReceiver receiver(IncomingStream stream) {
        FecReceiver receiver = stream.fec();
        if (receiver == null) {
            receiver = new FecReceiver(stream.media().extensions(), allocator);
            stream.protect(receiver);
        }
        return receiver;
    }

    @Override
    public @Nullable ByteBuf packet(long ssrc, int sequenceNumber) {
        IncomingStream stream = streams.mediaStream(ssrc);
        return stream == null ? null : stream.receive().packetNumbered(sequenceNumber);
    }

    @Override
    public void onRecovered(ByteBuf packet) {
        SessionSink sink = out;
        IncomingStream stream =
                recovered.wrap(packet) ? streams.mediaStream(recovered.ssrc()) : null;
        if (sink != null
                && stream != null
                && ingress.deliver(recovered, stream, IngressPath.Way.RECOVERED, nowNanos, sink)) {
            recoveries.increment();
        }
        recovered.clear();
    }

    void release() {
        redundancy.release();
        for (IncomingStream stream : streams.streams()) {
            FecReceiver receiver = stream.fec();
            if (receiver != null) {
                receiver.release();
            }
        }
    }
}
