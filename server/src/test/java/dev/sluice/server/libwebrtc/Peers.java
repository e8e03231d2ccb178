package dev.sluice.server.libwebrtc;

import dev.onvoid.webrtc.PeerConnectionFactory;
import dev.onvoid.webrtc.RTCRtpCodecCapability;
import dev.onvoid.webrtc.RTCRtpTransceiverDirection;
import dev.onvoid.webrtc.media.MediaType;
import dev.onvoid.webrtc.media.audio.HeadlessAudioDeviceModule;
import dev.onvoid.webrtc.media.video.VideoTrack;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/**
 * The libwebrtc of a test: one publisher and its viewers. Video alone, for want of a microphone.
 */
final class Peers implements AutoCloseable {

    private final HeadlessAudioDeviceModule noSound = new HeadlessAudioDeviceModule();
    private final PeerConnectionFactory factory = new PeerConnectionFactory(noSound);
    private final MovingPicture camera = new MovingPicture();
    private final Deque<Runnable> cleanups = new ArrayDeque<>();

    /** A peer that sends the camera's picture as VP8. */
    Peer publisher() {
        Peer peer = peer(RTCRtpTransceiverDirection.SEND_ONLY);
        camera.start();
        return peer;
    }

    /** A peer that sends the camera's picture as VP8 in RED, with ULPFEC where it sees fit. */
    Peer protectedPublisher() {
        Peer peer =
                peer(
                        RTCRtpTransceiverDirection.SEND_ONLY,
                        codecs(Set.of("VP8", "rtx", "red", "ulpfec")));
        camera.start();
        return peer;
    }

    Peer viewer() {
        return peer(RTCRtpTransceiverDirection.RECV_ONLY);
    }

    private Peer peer(RTCRtpTransceiverDirection direction) {
        return peer(direction, codecs(Set.of("VP8", "rtx")));
    }

    private Peer peer(RTCRtpTransceiverDirection direction, List<RTCRtpCodecCapability> codecs) {
        VideoTrack track = factory.createVideoTrack("picture", camera.source());
        cleanups.push(track::dispose);
        Peer peer = new Peer(factory, track, direction, codecs);
        cleanups.push(peer::close);
        return peer;
    }

    private List<RTCRtpCodecCapability> codecs(Set<String> names) {
        return factory.getRtpSenderCapabilities(MediaType.VIDEO).getCodecs().stream()
                .filter(codec -> names.contains(codec.getName()))
                .toList();
    }

    @Override
    public void close() {
        cleanups.forEach(Runnable::run);
        camera.close();
        factory.dispose();
        noSound.dispose();
    }
}
