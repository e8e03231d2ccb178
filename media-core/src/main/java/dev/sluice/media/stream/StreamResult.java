package dev.sluice.media.stream;

/**
 * What came of a request to a {@link StreamManager}.
 *
 * @param <K> the keys of its streams
 */
public sealed interface StreamResult<K> {

    /** It was done, to this stream. */
    record Done<K>(RtpStream<K> stream) implements StreamResult<K> {}

    /** Nothing changed. */
    record Refused<K>(StreamRefusal why) implements StreamResult<K> {}
}
