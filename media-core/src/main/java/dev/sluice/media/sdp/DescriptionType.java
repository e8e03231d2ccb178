package dev.sluice.media.sdp;

/** What a description is in an exchange (RFC 8829 section 4.1.8). */
public enum DescriptionType {
    OFFER,
    /** A provisional answer: another one follows. */
    PRANSWER,
    ANSWER
}
