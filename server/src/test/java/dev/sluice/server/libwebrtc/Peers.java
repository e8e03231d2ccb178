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
public final class Peers implements AutoCloseable {

    private static final Set<String> VIDEO = Set.of("VP8", "rtx");
    private static final Set<String> PROTECTED_VIDEO =
            Set.of("VP8", "rtx", "red", "ulpfec", "flexfec-03");

    private final HeadlessAudioDeviceModule noSound = new HeadlessAudioDeviceModule();
    private final PeerConnectionFactory factory = new PeerConnectionFactory(noSound);
    private final MovingPicture camera;
    private final Deque<Runnable> cleanups = new ArrayDeque<>();

    Peers() {
        this(MovingPicture.WIDTH, MovingPicture.HEIGHT, MovingPicture.FRAMES_PER_SECOND);
    }

    /** With a camera of this size and rate; it comes after what has loaded libwebrtc. */
    public Peers(int width, int height, int framesPerSecond) {
        camera = new MovingPicture(width, height, framesPerSecond);
    }

    /** A peer that sends the camera's picture as VP8. */
    public Peer publisher() {
        Peer peer = peer(RTCRtpTransceiverDirection.SEND_ONLY, VIDEO);
        camera.start();
        return peer;
    }

    /** A peer that sends the camera's picture as VP8 in RED, with ULPFEC where it sees fit. */
    public Peer protectedPublisher() {
        Peer peer =
                peer(RTCRtpTransceiverDirection.SEND_ONLY, Set.of("VP8", "rtx", "red", "ulpfec"));
        camera.start();
        return peer;
    }

    public Peer viewer() {
        return peer(RTCRtpTransceiverDirection.RECV_ONLY, VIDEO);
    }

    /** A viewer that also takes every kind of forward error correction that libwebrtc offers. */
    public Peer protectedViewer() {
        return peer(RTCRtpTransceiverDirection.RECV_ONLY, PROTECTED_VIDEO);
    }

    private Peer peer(RTCRtpTransceiverDirection direction, Set<String> formats) {
        VideoTrack track = factory.createVideoTrack("picture", camera.source());
        cleanups.push(track::dispose);
        Peer peer = new Peer(factory, track, direction, codecs(formats));
        cleanups.push(peer::close);
        return peer;
    }

    private List<RTCRtpCodecCapability> codecs(Set<String> formats) {
        return factory.getRtpSenderCapabilities(MediaType.VIDEO).getCodecs().stream()
                .filter(codec -> formats.contains(codec.getName()))
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
