package dev.sluice.server.router;

/**
 * What an engine holds at one moment.
 *
 * @param streams names that somebody publishes
 * @param handshakes DTLS handshakes under way
 */
public record EngineSnapshot(int publishers, int viewers, int streams, int handshakes) {

    public static final EngineSnapshot EMPTY = new EngineSnapshot(0, 0, 0, 0);
}
