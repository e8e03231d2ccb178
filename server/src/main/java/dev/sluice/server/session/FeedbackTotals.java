package dev.sluice.server.session;

/**
 * What was asked about one stream so far, in messages.
 *
 * @param nacks generic NACK (RFC 4585 section 6.2.1)
 * @param plis picture loss indications (RFC 4585 section 6.3.1)
 * @param firs full intra requests (RFC 5104 section 4.3.1)
 */
public record FeedbackTotals(long nacks, long plis, long firs) {

    public static final FeedbackTotals NONE = new FeedbackTotals(0, 0, 0);
}
