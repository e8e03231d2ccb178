package dev.sluice.server.libwebrtc;

import dev.onvoid.webrtc.CreateSessionDescriptionObserver;
import dev.onvoid.webrtc.PeerConnectionFactory;
import dev.onvoid.webrtc.RTCConfiguration;
import dev.onvoid.webrtc.RTCOfferOptions;
import dev.onvoid.webrtc.RTCPeerConnection;
import dev.onvoid.webrtc.RTCPeerConnectionState;
import dev.onvoid.webrtc.RTCRtpCodecCapability;
import dev.onvoid.webrtc.RTCRtpReceiver;
import dev.onvoid.webrtc.RTCRtpSender;
import dev.onvoid.webrtc.RTCRtpTransceiver;
import dev.onvoid.webrtc.RTCRtpTransceiverDirection;
import dev.onvoid.webrtc.RTCRtpTransceiverInit;
import dev.onvoid.webrtc.RTCSdpType;
import dev.onvoid.webrtc.RTCSessionDescription;
import dev.onvoid.webrtc.RTCStats;
import dev.onvoid.webrtc.RTCStatsReport;
import dev.onvoid.webrtc.RTCStatsType;
import dev.onvoid.webrtc.SetSessionDescriptionObserver;
import dev.onvoid.webrtc.media.video.VideoTrack;
import dev.onvoid.webrtc.media.video.VideoTrackSink;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** One peer connection of libwebrtc with one video section; its callbacks turned into values. */
public final class Peer implements AutoCloseable {

    /** Native calls that only need libwebrtc's own threads, on a busy machine. */
    private static final Duration CALL_LIMIT = Duration.ofSeconds(20);

    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(30);

    private final RTCPeerConnection connection;
    private final RTCRtpSender sender;
    private final RTCRtpReceiver receiver;

    Peer(
            PeerConnectionFactory factory,
            VideoTrack track,
            RTCRtpTransceiverDirection direction,
            List<RTCRtpCodecCapability> codecs) {
        // The server learns a client's addresses from its checks, so candidates are not told.
        connection = factory.createPeerConnection(new RTCConfiguration(), candidate -> {});
        RTCRtpTransceiverInit init = new RTCRtpTransceiverInit();
        init.direction = direction;
        RTCRtpTransceiver transceiver = connection.addTransceiver(track, init);
        transceiver.setCodecPreferences(codecs);
        sender = transceiver.getSender();
        receiver = transceiver.getReceiver();
    }

    /** Makes the offer and starts what it promises; returns its SDP. */
    public String offer() throws Exception {
        var created = new CompletableFuture<RTCSessionDescription>();
        connection.createOffer(new RTCOfferOptions(), createdTo(created));
        RTCSessionDescription offer = value(created);
        var set = new CompletableFuture<@Nullable Void>();
        connection.setLocalDescription(offer, setTo(set));
        value(set);
        return offer.sdp;
    }

    /** Takes the server's answer and waits for ICE and DTLS. */
    public void connect(String answerSdp) throws Exception {
        var set = new CompletableFuture<@Nullable Void>();
        connection.setRemoteDescription(
                new RTCSessionDescription(RTCSdpType.ANSWER, answerSdp), setTo(set));
        value(set);
        Eventually.await(
                "the peer connects",
                CONNECT_LIMIT,
                connection::getConnectionState,
                RTCPeerConnectionState.CONNECTED::equals);
    }

    /** Shows each picture that arrives, on a thread of libwebrtc. */
    public void show(VideoTrackSink screen) {
        ((VideoTrack) receiver.getTrack()).addSink(screen);
    }

    /** A member of the connection's statistics; null while libwebrtc has none. */
    public @Nullable Object statistic(RTCStatsType type, String member) throws Exception {
        var delivered = new CompletableFuture<RTCStatsReport>();
        connection.getStats(delivered::complete);
        for (RTCStats stats : value(delivered).getStats().values()) {
            if (stats.getType() == type && stats.getAttributes().containsKey(member)) {
                return stats.getAttributes().get(member);
            }
        }
        return null;
    }

    /** Those of these members that libwebrtc has, together with what they are. */
    public Map<String, Object> figures(RTCStatsType type, List<String> members) throws Exception {
        Map<String, Object> figures = new LinkedHashMap<>();
        for (String member : members) {
            Object figure = statistic(type, member);
            if (figure != null) {
                figures.put(member, figure);
            }
        }
        return figures;
    }

    /** A statistic that counts; 0 while libwebrtc has none. */
    public long count(RTCStatsType type, String member) throws Exception {
        return statistic(type, member) instanceof Number number ? number.longValue() : 0;
    }

    public long framesSent() throws Exception {
        return count(RTCStatsType.OUTBOUND_RTP, "framesSent");
    }

    public long framesDecoded() throws Exception {
        return count(RTCStatsType.INBOUND_RTP, "framesDecoded");
    }

    /** Closes the connection; the track can be disposed of then. */
    @Override
    public void close() {
        connection.removeTrack(sender);
        connection.close();
    }

    static <T extends @Nullable Object> T value(CompletableFuture<T> future) throws Exception {
        return future.get(CALL_LIMIT.toNanos(), TimeUnit.NANOSECONDS);
    }

    static CreateSessionDescriptionObserver createdTo(
            CompletableFuture<RTCSessionDescription> future) {
        return new CreateSessionDescriptionObserver() {
            @Override
            public void onSuccess(RTCSessionDescription description) {
                future.complete(description);
            }

            @Override
            public void onFailure(String error) {
                future.completeExceptionally(new AssertionError(error));
            }
        };
    }

    static SetSessionDescriptionObserver setTo(CompletableFuture<@Nullable Void> future) {
        return new SetSessionDescriptionObserver() {
            @Override
            public void onSuccess() {
                future.complete(null);
            }

            @Override
            public void onFailure(String error) {
                future.completeExceptionally(new AssertionError(error));
            }
        };
    }
}
