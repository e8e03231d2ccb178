package dev.sluice.server.libwebrtc;

import dev.onvoid.webrtc.PeerConnectionFactory;
import dev.onvoid.webrtc.RTCAnswerOptions;
import dev.onvoid.webrtc.RTCConfiguration;
import dev.onvoid.webrtc.RTCOfferOptions;
import dev.onvoid.webrtc.RTCPeerConnection;
import dev.onvoid.webrtc.RTCRtpSender;
import dev.onvoid.webrtc.RTCRtpTransceiver;
import dev.onvoid.webrtc.RTCRtpTransceiverDirection;
import dev.onvoid.webrtc.RTCRtpTransceiverInit;
import dev.onvoid.webrtc.RTCSdpType;
import dev.onvoid.webrtc.RTCSessionDescription;
import dev.onvoid.webrtc.media.MediaStreamTrack;
import dev.onvoid.webrtc.media.audio.AudioOptions;
import dev.onvoid.webrtc.media.audio.AudioTrackSource;
import dev.onvoid.webrtc.media.audio.HeadlessAudioDeviceModule;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.CompletableFuture;

/** A peer connection of libwebrtc that only describes: nothing is sent. */
final class DescribedPeer implements AutoCloseable {

    private final HeadlessAudioDeviceModule noSound = new HeadlessAudioDeviceModule();
    private final PeerConnectionFactory factory = new PeerConnectionFactory(noSound);
    private final MovingPicture camera = new MovingPicture();
    private final AudioTrackSource microphone = factory.createAudioSource(new AudioOptions());
    private final RTCPeerConnection connection =
            factory.createPeerConnection(new RTCConfiguration(), candidate -> {});
    private int tracks;

    RTCRtpTransceiver addVideo() {
        return add(factory.createVideoTrack("picture" + tracks++, camera.source()));
    }

    RTCRtpTransceiver addAudio() {
        return add(factory.createAudioTrack("sound" + tracks++, microphone));
    }

    private RTCRtpTransceiver add(MediaStreamTrack track) {
        RTCRtpTransceiverInit init = new RTCRtpTransceiverInit();
        init.direction = RTCRtpTransceiverDirection.SEND_ONLY;
        return connection.addTransceiver(track, init);
    }

    /** Stops a transceiver, and lets go of its track so that it can be disposed of. */
    void stop(RTCRtpTransceiver transceiver) {
        connection.removeTrack(transceiver.getSender());
        transceiver.stop();
    }

    void restartIce() {
        connection.restartIce();
    }

    /** Makes an offer and sets it. */
    String offer() throws Exception {
        var created = new CompletableFuture<RTCSessionDescription>();
        connection.createOffer(new RTCOfferOptions(), Peer.createdTo(created));
        return setLocal(Peer.value(created));
    }

    /** Sets our offer, makes the answer and sets it. */
    String answerTo(String offerSdp) throws Exception {
        setRemote(RTCSdpType.OFFER, offerSdp);
        var created = new CompletableFuture<RTCSessionDescription>();
        connection.createAnswer(new RTCAnswerOptions(), Peer.createdTo(created));
        return setLocal(Peer.value(created));
    }

    void takeAnswer(String answerSdp) throws Exception {
        setRemote(RTCSdpType.ANSWER, answerSdp);
    }

    private String setLocal(RTCSessionDescription description) throws Exception {
        var set = new CompletableFuture<@Nullable Void>();
        connection.setLocalDescription(description, Peer.setTo(set));
        Peer.value(set);
        return description.sdp;
    }

    private void setRemote(RTCSdpType type, String sdp) throws Exception {
        var set = new CompletableFuture<@Nullable Void>();
        connection.setRemoteDescription(new RTCSessionDescription(type, sdp), Peer.setTo(set));
        Peer.value(set);
    }

    /**
     * Tracks are left to the process: libwebrtc holds those of stopped transceivers for a while.
     */
    @Override
    public void close() {
        for (RTCRtpSender sender : connection.getSenders()) {
            connection.removeTrack(sender);
        }
        connection.close();
        camera.close();
        factory.dispose();
        noSound.dispose();
    }
}
