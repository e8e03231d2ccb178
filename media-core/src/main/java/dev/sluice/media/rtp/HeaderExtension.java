package dev.sluice.media.rtp;

import org.jspecify.annotations.Nullable;

/** The RTP header extensions that are understood, by their URI in {@code a=extmap}. */
public enum HeaderExtension {
    /** Which media section a stream belongs to, {@link Mid}. */
    MID("urn:ietf:params:rtp-hdrext:sdes:mid"),
    /** Which simulcast layer a stream is, {@link RtpStreamId}. */
    RID("urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id"),
    /** Which simulcast layer a retransmission stream repairs, {@link RtpStreamId}. */
    REPAIRED_RID("urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id"),
    /** When the packet left, {@link AbsSendTime}. */
    ABS_SEND_TIME("http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time"),
    /** A sequence number over all streams of a transport, {@link TransportSequence}. */
    TRANSPORT_WIDE_CC("http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01"),
    /** Loudness of the packet's audio, {@link AudioLevel}. */
    AUDIO_LEVEL("urn:ietf:params:rtp-hdrext:ssrc-audio-level"),
    /** How the picture is to be turned, {@link VideoOrientation}. */
    VIDEO_ORIENTATION("urn:3gpp:video-orientation"),
    /** The sequence number that may ask for feedback, {@link TransportSequenceV2}. */
    TRANSPORT_WIDE_CC_V2("http://www.webrtc.org/experiments/rtp-hdrext/transport-wide-cc-02"),
    /** Loudness of each source of a mixed packet, {@link CsrcAudioLevels}. */
    CSRC_AUDIO_LEVEL("urn:ietf:params:rtp-hdrext:csrc-audio-level"),
    /** Bounds of the delay until display, {@link PlayoutDelay}. */
    PLAYOUT_DELAY("http://www.webrtc.org/experiments/rtp-hdrext/playout-delay"),
    /** When the first sample was captured, {@link AbsoluteCaptureTime}. */
    ABSOLUTE_CAPTURE_TIME("http://www.webrtc.org/experiments/rtp-hdrext/abs-capture-time"),
    /** Bitrates and resolutions of a video's layers, {@link VideoLayersAllocation}. */
    VIDEO_LAYERS_ALLOCATION(
            "http://www.webrtc.org/experiments/rtp-hdrext/video-layers-allocation00"),
    /** What a frame depends on and who needs it; package {@code dependency}. */
    DEPENDENCY_DESCRIPTOR(
            "https://aomediacodec.github.io/av1-rtp-spec/#dependency-descriptor-rtp-header-extension");

    private final String uri;

    HeaderExtension(String uri) {
        this.uri = uri;
    }

    /** The extension of a URI, or null for one that is not understood. */
    public static @Nullable HeaderExtension ofUri(String uri) {
        for (HeaderExtension extension : values()) {
            if (extension.uri.equals(uri)) {
                return extension;
            }
        }
        return null;
    }

    public String uri() {
        return uri;
    }
}
