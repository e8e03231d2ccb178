package dev.sluice.media.stream;

/** Takes what happens to streams during a call. */
@FunctionalInterface
public interface StreamSink {

    /** For those who do not want to know. */
    StreamSink NONE = _ -> {};

    void onStreamEvent(StreamEvent event);
}
