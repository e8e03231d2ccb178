package dev.sluice.media.bwe;

/** What the trend of the queuing delay says. */
enum BandwidthUsage {
    NORMAL,
    /** A queue grows: more is sent than the path carries. */
    OVERUSING,
    /** A queue empties. */
    UNDERUSING
}
