package dev.sluice.media.rtp;

import org.jspecify.annotations.Nullable;

/** A media format that is forwarded, with its names in SDP. */
public enum Codec {
    OPUS("opus", MediaKind.AUDIO, 48_000, 2),
    VP8("VP8", MediaKind.VIDEO, 90_000, 1),
    H264("H264", MediaKind.VIDEO, 90_000, 1),
    VP9("VP9", MediaKind.VIDEO, 90_000, 1),
    AV1("AV1", MediaKind.VIDEO, 90_000, 1),
    H265("H265", MediaKind.VIDEO, 90_000, 1);

    private final String encodingName;
    private final MediaKind kind;
    private final int clockRateHz;
    private final int channels;

    Codec(String encodingName, MediaKind kind, int clockRateHz, int channels) {
        this.encodingName = encodingName;
        this.kind = kind;
        this.clockRateHz = clockRateHz;
        this.channels = channels;
    }

    /**
     * The codec of an {@code a=rtpmap} encoding name, whose case does not matter (RFC 8866 section
     * 6.6).
     */
    public static @Nullable Codec ofEncodingName(String name) {
        for (Codec codec : values()) {
            if (codec.encodingName.equalsIgnoreCase(name)) {
                return codec;
            }
        }
        return null;
    }

    /** The name in {@code a=rtpmap}. */
    public String encodingName() {
        return encodingName;
    }

    public MediaKind kind() {
        return kind;
    }

    /** Ticks per second of its RTP timestamps. */
    public int clockRateHz() {
        return clockRateHz;
    }

    /**
     * The channel count in {@code a=rtpmap}: always 2 for Opus (RFC 7587 section 7), 1 and not
     * written for video.
     */
    public int channels() {
        return channels;
    }
}
