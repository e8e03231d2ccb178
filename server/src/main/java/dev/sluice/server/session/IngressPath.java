package dev.sluice.server.session;

import dev.sluice.media.receive.Arrival;
import dev.sluice.media.receive.ReceiveStream;
import dev.sluice.media.receive.RtxUnwrapper;
import dev.sluice.media.rtp.RtpPacket;
import dev.sluice.media.sdp.NegotiatedCodec;
import dev.sluice.media.sdp.NegotiatedMedia;
import dev.sluice.srtp.context.SrtpReceiver;
import dev.sluice.srtp.context.SrtpStatus;

import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;

/**
 * The way of a received RTP packet: header, decryption, arrival, stream, retransmission, RED and
 * FEC undone, numbers. What comes out is authentic, new and counted.
 */
final class IngressPath {

    private final PeerSession session;
    private final LoopCounters counters;
    private final boolean takesMedia;
    private final RtpPacket packet = new RtpPacket();
    private final StreamTable streams;
    private final StreamLifecycle lifecycle;
    private final FecPath fec;
    private final ArrivalReports arrivals;
    private @Nullable SrtpReceiver srtp;

    IngressPath(PeerSession session, SessionSetup setup) {
        this.session = session;
        this.counters = setup.counters();
        this.takesMedia = setup.takesMedia();
        this.streams = new StreamTable(setup.negotiated().media(), this::receiveStream);
        this.fec = new FecPath(this, streams, setup);
        this.lifecycle = new StreamLifecycle(setup.id(), setup.stream());
        this.arrivals = new ArrivalReports(setup.negotiated(), setup.reportSsrc());
    }

    /** Opens packets by this from now on, and closes it at the end. */
    void onKeys(SrtpReceiver receiver) {
        forgetKeys();
        srtp = receiver;
    }

    private void forgetKeys() {
        if (srtp != null) {
            srtp.close();
            srtp = null;
        }
    }

    StreamTable streams() {
        return streams;
    }

    StreamLifecycle lifecycle() {
        return lifecycle;
    }

    ArrivalReports arrivals() {
        return arrivals;
    }

    @Nullable IncomingStream stream(long ssrc) {
        return streams.mediaStream(ssrc);
    }

    /** Whether the packet was authentic; it may have been of no stream for all that. */
    boolean onRtp(ByteBuf datagram, long nowNanos, SessionSink out) {
        boolean authentic = open(datagram);
        if (authentic) {
            onAuthentic(nowNanos, out);
        }
        packet.clear();
        return authentic;
    }

    private void onAuthentic(long nowNanos, SessionSink out) {
        if (!takesMedia) {
            // A viewer's: a stream of it would be kept and reported on, and be for nobody.
            drop(DropReason.UNKNOWN_STREAM);
            return;
        }
        arrivals.onPacket(packet, nowNanos);
        StreamTable.Binding binding = streams.find(packet);
        if (binding == null) {
            drop(DropReason.UNKNOWN_STREAM);
        } else {
            onStream(binding, nowNanos, out);
        }
    }

    private void onStream(StreamTable.Binding binding, long nowNanos, SessionSink out) {
        IncomingStream stream = binding.stream();
        switch (binding.content()) {
            case MEDIA -> fec.onMedia(packet, stream, false, nowNanos, out);
            case RETRANSMISSIONS -> onRepair(stream, nowNanos, out);
            case FEC -> fec.onFlexfec(packet, stream, nowNanos, out);
        }
    }

    /** Decrypts a compound in place. */
    boolean openRtcp(ByteBuf datagram) {
        if (srtp == null) {
            drop(DropReason.NOT_CONNECTED);
            return false;
        }
        return isAuthentic(srtp.unprotectRtcp(datagram));
    }

    private boolean open(ByteBuf datagram) {
        if (srtp == null) {
            drop(DropReason.NOT_CONNECTED);
            return false;
        }
        if (!packet.wrapHeader(datagram)) {
            drop(DropReason.MALFORMED_RTP);
            return false;
        }
        if (!isAuthentic(srtp.unprotectRtp(packet))) {
            return false;
        }
        if (!packet.wrap(datagram)) {
            drop(DropReason.MALFORMED_RTP);
            return false;
        }
        counters.rtpPacketsIn.increment();
        counters.rtpBytesIn.add(packet.sizeBytes());
        return true;
    }

    private boolean isAuthentic(SrtpStatus status) {
        if (status == SrtpStatus.OK) {
            return true;
        }
        counters.srtpFailure(status).increment();
        drop(DropReason.SRTP_FAILURE);
        return false;
    }

    private void onRepair(IncomingStream stream, long nowNanos, SessionSink out) {
        int repaired = MediaFormats.retransmitted(stream.media(), packet.payloadType());
        if (repaired < 0) {
            drop(DropReason.UNKNOWN_PAYLOAD_TYPE);
        } else if (RtxUnwrapper.unwrap(packet, stream.ssrc(), repaired)) {
            fec.onMedia(packet, stream, true, nowNanos, out);
        }
    }

    /** How a packet came. */
    enum Way {
        DIRECT,
        /** By RTX. */
        RETRANSMITTED,
        /** Out of others. */
        RECOVERED
    }

    /** Takes a packet of media alone; whether it is new and was forwarded. */
    boolean deliver(
            RtpPacket media, IncomingStream stream, Way way, long nowNanos, SessionSink out) {
        NegotiatedCodec codec = stream.codec(media.payloadType());
        if (codec == null) {
            drop(DropReason.UNKNOWN_PAYLOAD_TYPE);
            return false;
        }
        ReceiveStream receive = stream.receive();
        Arrival arrival =
                way == Way.RECOVERED
                        ? receive.onRecovered(media, nowNanos)
                        : receive.onPacket(media, way == Way.RETRANSMITTED, nowNanos);
        switch (arrival) {
            case NEW, RECOVERED -> {
                lifecycle.onPacket(stream, media, codec, nowNanos);
                out.onMedia(session, stream, media, receive.extendedSequence(), nowNanos);
            }
            case DUPLICATE -> drop(DropReason.DUPLICATE);
            case TOO_OLD -> drop(DropReason.TOO_OLD);
        }
        return arrival.accepted();
    }

    /**
     * A number of the stream carried nothing that is forwarded.
     *
     * @param extendedSequence without the wrap; below 0 for none
     */
    void onConsumed(IncomingStream stream, long extendedSequence, long nowNanos, SessionSink out) {
        if (extendedSequence >= 0) {
            out.onConsumed(session, stream, extendedSequence, nowNanos);
        }
    }

    private ReceiveStream receiveStream(NegotiatedMedia media, NegotiatedCodec codec, long ssrc) {
        int ringPackets = IncomingStream.ringPackets(media.kind());
        return new ReceiveStream(
                ssrc, codec.clockRateHz(), ringPackets, codec.nack(), counters.received);
    }

    void drop(DropReason reason) {
        counters.dropped(reason).increment();
    }

    void release(long nowNanos) {
        lifecycle.onEnded(nowNanos);
        fec.release();
        streams.streams().forEach(stream -> stream.receive().release());
        forgetKeys();
    }
}
