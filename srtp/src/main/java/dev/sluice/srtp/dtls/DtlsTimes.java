package dev.sluice.srtp.dtls;

/** The times of a handshake. */
final class DtlsTimes {

    /**
     * First retransmission of a flight, doubled each time: RFC 6347 4.2.4.1 says 1 s, which is long
     * for media.
     */
    static final int RESEND_MILLIS = 200;

    /** The endpoint's own limit; its owner usually sets a shorter one. */
    static final int HANDSHAKE_MILLIS = 30_000;

    private DtlsTimes() {}
}
