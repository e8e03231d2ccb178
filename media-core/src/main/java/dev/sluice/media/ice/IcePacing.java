package dev.sluice.media.ice;

/** How fast an agent begins transactions, and repeats them (RFC 8445, section 14). */
final class IcePacing {

    /** Ta: the time from one new transaction to the next (section 14.2). */
    static final long TA_NANOS = 50_000_000L;

    /** Section 14.3. */
    static final long MIN_RTO_NANOS = 500_000_000L;

    private IcePacing() {}

    /** The time before a request is sent again first, with so many to be begun one each Ta. */
    static long rtoNanos(int transactions) {
        return Math.max(MIN_RTO_NANOS, transactions * TA_NANOS);
    }
}
