package dev.sluice.media.rtcp;

/** What a datagram is by the rules for compound packets, see {@link CompoundRules}. */
public enum CompoundStatus {
    /** It keeps all rules of RFC 3550 section 6.1. */
    COMPOUND,
    /** It does not begin with an SR or RR. */
    NO_REPORT_FIRST,
    /** No SDES packet in it has a CNAME. */
    NO_CNAME,
    /** A packet before the last one is padded. */
    PADDING_BEFORE_LAST,
    /** It has no bytes, or its packets do not fill it exactly, or one is not of version 2. */
    BROKEN;

    /** Whether it may be sent and taken without RFC 5506. */
    public boolean isCompound() {
        return this == COMPOUND;
    }

    /** Whether it may be taken where reduced-size RTCP (RFC 5506) is agreed on. */
    public boolean isAcceptableReducedSize() {
        return this != BROKEN && this != PADDING_BEFORE_LAST;
    }
}
