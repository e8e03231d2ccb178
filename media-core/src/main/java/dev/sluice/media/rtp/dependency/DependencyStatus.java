package dev.sluice.media.rtp.dependency;

/** How the reading of a dependency descriptor ended. */
public enum DependencyStatus {
    /** The descriptor is read. */
    OK,
    /** The packet has none. */
    ABSENT,
    /** The bytes are no descriptor. */
    MALFORMED,
    /** It relies on a structure, and none has come yet. */
    NO_STRUCTURE,
    /**
     * It names a template that the structure in force does not have: the packet with a newer
     * structure was lost or is late.
     */
    UNKNOWN_TEMPLATE
}
