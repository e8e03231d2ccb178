package dev.sluice.server.router;

/**
 * What an engine holds at one moment.
 *
 * @param streams names that somebody publishes
 * @param activeRtpStreams RTP streams that come from publishers, each simulcast layer one
 * @param pausedRtpStreams those of which nothing comes for now
 * @param handshakes DTLS handshakes under way
 */
public record EngineSnapshot(
        int publishers,
        int viewers,
        int streams,
        int activeRtpStreams,
        int pausedRtpStreams,
        int handshakes) {

    public static final EngineSnapshot EMPTY = new EngineSnapshot(0, 0, 0, 0, 0, 0);
}
