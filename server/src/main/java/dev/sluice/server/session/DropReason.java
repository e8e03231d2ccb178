package dev.sluice.server.session;

import java.util.Locale;

/** Why a datagram or a packet was dropped; each is counted, none but a defect is logged. */
public enum DropReason {
    /** The first byte belongs to no protocol of RFC 7983. */
    UNKNOWN_PROTOCOL,
    /** Not a well-formed STUN binding request. */
    MALFORMED_STUN,
    /** No session has the user name fragment. */
    UNKNOWN_UFRAG,
    /** The user name's peer part or MESSAGE-INTEGRITY is wrong. */
    STUN_NOT_AUTHENTIC,
    /** A check for one session by a path that another session holds. */
    PATH_TAKEN,
    /** DTLS, RTP or RTCP from an address not on a validated pair, or anything from port 0. */
    UNVALIDATED_ADDRESS,
    /** As many DTLS handshakes are under way as the configuration allows. */
    HANDSHAKE_LIMIT,
    /** Not a datagram of DTLS 1.2 records, or not one that a peer sends at this time. */
    MALFORMED_DTLS,
    /** The DTLS inbox of the session is full, or nobody reads it any more. */
    DTLS_INBOX_FULL,
    /** RTP or RTCP before the DTLS handshake is done. */
    NOT_CONNECTED,
    /** Not a well-formed RTP packet. */
    MALFORMED_RTP,
    /** Not a well-formed repair packet, or not a well-formed payload with redundant data. */
    MALFORMED_FEC,
    /** Not a well-formed RTCP compound. */
    MALFORMED_RTCP,
    /** SRTP or SRTCP that does not authenticate, was seen before, or cannot be opened. */
    SRTP_FAILURE,
    /** Too much waits for the loop that has the session. */
    HANDOVER_FULL,
    /** A mirror on another loop does not take its publisher's packets fast enough. */
    MIRROR_FULL,
    /** A publisher's packet for which an overloaded loop has no time; no viewer gets it. */
    OVERLOAD,
    /** The kernel had no room for what came to a socket. */
    RECEIVE_QUEUE_FULL,
    /** No media section claims the SSRC, MID or RID, or the peer is to send no media. */
    UNKNOWN_STREAM,
    /** The payload type is not negotiated for its media section. */
    UNKNOWN_PAYLOAD_TYPE,
    /** A packet that was received before. */
    DUPLICATE,
    /** A packet too old to be of use. */
    TOO_OLD,
    /** The viewer did not negotiate the publisher's format. */
    NO_COMMON_FORMAT,
    /** There is no validated path to the peer yet. */
    NO_PATH,
    /** Something failed here that cannot fail; the log has the first one of each second. */
    DEFECT,
    /** The socket refused a datagram. */
    SOCKET_ERROR,
    /** The socket does not take any more. */
    SEND_QUEUE_FULL,
    /** A peer does not read its TCP connection fast enough, or has closed it. */
    TCP_SEND_QUEUE_FULL,
    /** A TCP connection sent what no client does before it was known. */
    TCP_STRANGER;

    /** The label under which metrics export it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
