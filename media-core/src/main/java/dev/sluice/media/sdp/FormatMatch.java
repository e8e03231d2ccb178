package dev.sluice.media.sdp;

/** Whether packets of one format may be sent under another without touching the payload. */
public final class FormatMatch {

    private FormatMatch() {}

    /** Whether the viewer's format takes the publisher's payloads. */
    public static boolean same(NegotiatedCodec publisher, NegotiatedCodec viewer) {
        if (publisher.codec() != viewer.codec()
                || publisher.clockRateHz() != viewer.clockRateHz()) {
            return false;
        }
        return switch (publisher.codec()) {
            case H264 ->
                    H264Profile.of(publisher.parameters())
                            .equals(H264Profile.of(viewer.parameters()));
            case H265 ->
                    H265Profile.of(publisher.parameters())
                            .equals(H265Profile.of(viewer.parameters()));
            case VP9 -> sameParameter("profile-id", publisher, viewer);
            case AV1 -> sameParameter("profile", publisher, viewer);
            default -> true;
        };
    }

    private static boolean sameParameter(String name, NegotiatedCodec a, NegotiatedCodec b) {
        return a.parameters()
                .getOrDefault(name, "0")
                .equals(b.parameters().getOrDefault(name, "0"));
    }
}
