package dev.sluice.media.rtp;

import org.jspecify.annotations.Nullable;

/** The RTP header extensions that are understood, by their URI in {@code a=extmap}. */
public enum HeaderExtension {
    /** Which media section a stream belongs to, RFC 9143 section 15. */
    MID("urn:ietf:params:rtp-hdrext:sdes:mid"),
    /** Which simulcast layer a stream is, RFC 8852 section 3.1. */
    RID("urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id"),
    /** Which simulcast layer a retransmission stream repairs, RFC 8852 section 3.2. */
    REPAIRED_RID("urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id"),
    /** When the packet left, {@link AbsSendTime}. */
    ABS_SEND_TIME("http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time"),
    /** A sequence number over all streams of a transport, {@link TransportSequence}. */
    TRANSPORT_WIDE_CC("http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01"),
    /** Loudness of the packet's audio, {@link AudioLevel}. */
    AUDIO_LEVEL("urn:ietf:params:rtp-hdrext:ssrc-audio-level"),
    /** How the picture is to be turned, {@link VideoOrientation}. */
    VIDEO_ORIENTATION("urn:3gpp:video-orientation");

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
