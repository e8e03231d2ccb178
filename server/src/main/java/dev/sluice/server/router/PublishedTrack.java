package dev.sluice.server.router;

import dev.sluice.media.receive.KeyFrameRequests;
import dev.sluice.media.rtcp.PictureLossIndication;
import dev.sluice.media.rtp.MediaKind;
import dev.sluice.media.rtp.RtpPacket;
import dev.sluice.media.sdp.NegotiatedCodec;
import dev.sluice.media.sdp.NegotiatedMedia;
import dev.sluice.media.time.Deadline;
import dev.sluice.server.session.IncomingStream;
import dev.sluice.server.session.LoopCounters;
import dev.sluice.server.session.PeerSession;
import dev.sluice.server.session.SessionSink;
import dev.sluice.video.frame.KeyFrameDetector;

import org.jspecify.annotations.Nullable;

import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;

/** One media section of a publisher: its layers, which of them is forwarded, and its key frames. */
final class PublishedTrack {

    private final PeerSession publisher;
    private final NegotiatedMedia media;
    private final LoopCounters counters;
    private final LayerChoice choice = new LayerChoice();
    private final KeyFrameDetector keyFrameDetector = new KeyFrameDetector();
    private int lastPayloadType = -1;
    private final IdentityHashMap<IncomingStream, KeyFrameRequests> keyFrames =
            new IdentityHashMap<>();

    PublishedTrack(PeerSession publisher, NegotiatedMedia media, LoopCounters counters) {
        this.publisher = publisher;
        this.media = media;
        this.counters = counters;
    }

    NegotiatedMedia media() {
        return media;
    }

    /** The formats of the media section; the one in use first. */
    List<NegotiatedCodec> formats() {
        return media.codecs().stream()
                .sorted(Comparator.comparing(codec -> codec.payloadType() != lastPayloadType))
                .toList();
    }

    boolean isVideo() {
        return media.kind() == MediaKind.VIDEO;
    }

    /** The layer that viewers get; null before the first packet. */
    @Nullable IncomingStream layer() {
        return choice.chosen();
    }

    /** Reads what forwarding needs to know of the packet, once for all viewers. */
    void onPacket(
            MediaPacket media,
            IncomingStream stream,
            RtpPacket packet,
            long nowNanos,
            SessionSink out) {
        lastPayloadType = packet.payloadType();
        boolean changed = choice.onPacket(stream, packet.sizeBytes(), nowNanos);
        if (isVideo()) {
            if (media.startsKeyFrame()) {
                requests(stream).onKeyFrame();
                stream.receive().onKeyFrame();
            }
            if (changed) {
                nobodyWaits();
                askOfNewLayer(media.startsKeyFrame() && stream == layer(), nowNanos, out);
            }
        }
    }

    private void askOfNewLayer(boolean beginsWithKeyFrame, long nowNanos, SessionSink out) {
        if (!beginsWithKeyFrame) {
            requestKeyFrame(nowNanos, out);
        }
    }

    /** Whether the packet begins a picture that a decoder can start with; always for audio. */
    boolean startsKeyFrame(NegotiatedCodec codec, RtpPacket packet) {
        return codec.codec().kind() == MediaKind.AUDIO
                || keyFrameDetector.startsKeyFrame(
                        codec.codec(),
                        packet.buffer(),
                        packet.payloadIndex(),
                        packet.payloadSizeBytes());
    }

    /** Asks the publisher for a key frame of the forwarded layer; throttled. */
    void requestKeyFrame(long nowNanos, SessionSink out) {
        IncomingStream layer = layer();
        if (layer != null && isVideo()) {
            requests(layer).onRequest(nowNanos, ssrc -> sendRequest(ssrc, out));
        }
    }

    /** Takes back what was asked of layers that nobody waits for any more. */
    void nobodyWaits() {
        keyFrames.values().forEach(KeyFrameRequests::cancel);
    }

    void onDeadline(long nowNanos, SessionSink out) {
        keyFrames.values().forEach(r -> r.onDeadline(nowNanos, ssrc -> sendRequest(ssrc, out)));
    }

    long nextDeadlineNanos() {
        long next = Deadline.NEVER;
        for (KeyFrameRequests requests : keyFrames.values()) {
            next = Math.min(next, requests.nextDeadlineNanos());
        }
        return next;
    }

    private void sendRequest(long ssrc, SessionSink out) {
        counters.keyFrameRequestsOut.increment();
        publisher.sendRtcp(List.of(new PictureLossIndication(publisher.reportSsrc(), ssrc)), out);
    }

    private KeyFrameRequests requests(IncomingStream stream) {
        return keyFrames.computeIfAbsent(stream, _ -> new KeyFrameRequests(stream.ssrc()));
    }
}
