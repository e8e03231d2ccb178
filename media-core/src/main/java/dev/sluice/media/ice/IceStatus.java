package dev.sluice.media.ice;

/** What became of a STUN message, for the counters. */
public enum IceStatus {
    /** A right check, answered; its path is valid now. */
    ANSWERED,
    /** A right check that asked for our role, answered with 487. */
    ROLE_CONFLICT,
    /** A right check with an attribute that must be known and is not, answered with 420. */
    UNKNOWN_ATTRIBUTE,
    /** Dropped: USERNAME is not "our ufrag:the peer's ufrag", or absent. */
    WRONG_USERNAME,
    /** Dropped: MESSAGE-INTEGRITY is absent or wrong. */
    BAD_INTEGRITY,
    /** Dropped: a check without a usable PRIORITY, or an answer without XOR-MAPPED-ADDRESS. */
    MALFORMED,
    /**
     * Dropped: no binding request (an indication keeps a NAT binding alive and asks for nothing).
     */
    NOT_A_REQUEST,
    /** Dropped: the answer would be larger than 1.5 times the request. */
    TOO_SMALL,
    /** An authentic answer to a check of ours. */
    RESPONSE,
    /** Dropped: an answer to nothing that was asked, or to what is over. */
    UNKNOWN_TRANSACTION,
    /** An authentic answer from elsewhere than it was asked: it proves nothing of the pair. */
    NOT_SYMMETRIC,
    /** Dropped: it came by a socket that is no candidate, or after consent had ended. */
    NOT_SERVED
}
