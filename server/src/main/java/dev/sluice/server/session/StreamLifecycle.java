package dev.sluice.server.session;

import dev.sluice.media.receive.ReceptionStatistics;
import dev.sluice.media.rtp.RtpPacket;
import dev.sluice.media.sdp.NegotiatedCodec;
import dev.sluice.media.stream.RtpStream;
import dev.sluice.media.stream.StreamConfig;
import dev.sluice.media.stream.StreamManager;
import dev.sluice.media.stream.StreamResult;
import dev.sluice.media.stream.StreamSink;
import dev.sluice.media.stream.StreamSnapshot;
import dev.sluice.media.stream.StreamState;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * The states of the streams that a peer sends: active from the first packet on, paused while none
 * come, such as those of a simulcast layer that the peer has turned off.
 */
final class StreamLifecycle {

    /** Without a packet for so long a stream is paused; DTX sends one in 400 ms. */
    static final long PAUSED_AFTER_NANOS = 5_000_000_000L;

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final String user;
    private final StreamManager<Void> streams;

    /**
     * @param session the session's id
     * @param user the name that the peer publishes
     */
    StreamLifecycle(String session, String user) {
        this.user = user;
        this.streams = new StreamManager<>(session, StreamTable.MAX_SSRCS);
    }

    /** Counts an accepted packet; the stream is active now. */
    void onPacket(IncomingStream stream, RtpPacket packet, NegotiatedCodec codec, long nowNanos) {
        RtpStream<Void> life = stream.life();
        if (life == null) {
            life = create(stream, codec, nowNanos);
            if (life == null) {
                return;
            }
        }
        life.onPacket(packet.sizeBytes(), nowNanos);
        if (!(life.state() instanceof StreamState.Active)) {
            streams.transition(life.id(), new StreamState.Active(nowNanos), StreamSink.NONE);
        }
        if (life.config().payloadType() != codec.payloadType()) {
            var changed = life.config().withFormat(codec.payloadType(), codec.codec());
            streams.update(life.id(), changed, nowNanos, StreamSink.NONE);
        }
    }

    private @Nullable RtpStream<Void> create(
            IncomingStream stream, NegotiatedCodec codec, long nowNanos) {
        var config =
                new StreamConfig<Void>(
                        user,
                        codec.codec().kind(),
                        stream.ssrc(),
                        codec.payloadType(),
                        codec.codec(),
                        StreamConfig.UNKNOWN_BITRATE,
                        null);
        if (streams.create(config, nowNanos, StreamSink.NONE)
                instanceof StreamResult.Done<Void>(RtpStream<Void> created)) {
            stream.begin(created);
            return created;
        }
        return null;
    }

    /** Takes over what is reported of the stream now, and pauses it when nothing comes any more. */
    void onReport(IncomingStream stream, long nowNanos) {
        RtpStream<Void> life = stream.life();
        if (life == null) {
            return;
        }
        ReceptionStatistics statistics = stream.receive().statistics();
        long clockRateHz = life.config().codec().clockRateHz();
        life.onReport(
                statistics.cumulativeLost(),
                statistics.jitterTicks() * NANOS_PER_SECOND / clockRateHz);
        if (life.state() instanceof StreamState.Active
                && nowNanos - life.lastPacketNanos() >= PAUSED_AFTER_NANOS) {
            streams.transition(life.id(), new StreamState.Paused(nowNanos), StreamSink.NONE);
        }
    }

    List<StreamSnapshot> snapshots(long nowNanos) {
        return streams.snapshots(nowNanos);
    }

    void onEnded(long nowNanos) {
        streams.clear(nowNanos, StreamSink.NONE);
    }
}
