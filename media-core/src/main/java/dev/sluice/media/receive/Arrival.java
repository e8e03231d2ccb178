package dev.sluice.media.receive;

/** What a packet is to the stream that it arrived in. */
public enum Arrival {
    /** It came the first time, in order or overtaken by others. */
    NEW,
    /** It was missing and came because it was sent again. */
    RECOVERED,
    /** It had come before. */
    DUPLICATE,
    /** It is older than the packets that are kept, or the first one after a jump of the source. */
    TOO_OLD;

    /** Whether the packet is to be forwarded. */
    public boolean accepted() {
        return this == NEW || this == RECOVERED;
    }
}
