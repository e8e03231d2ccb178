package dev.sluice.srtp.keys;

import dev.sluice.media.time.WallClock;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;

/**
 * The server's certificate, a new one from time to time: a session that begins gets the current one
 * and keeps it, whatever comes after. Not for more than one thread at a time.
 */
public final class IdentityRotation {

    /** Long enough to cost nothing, short enough that a stolen key is of no use for long. */
    public static final Duration DEFAULT_PERIOD = Duration.ofDays(30);

    private static final int NANOS_PER_SECOND = 1_000_000_000;

    private final SecureRandom random;
    private final WallClock clock;
    private final Duration period;
    private CertificateIdentity current;
    private long madeNanos;

    /**
     * Makes the first certificate.
     *
     * @param clock for the dates in the certificates
     * @param period how long each is given to new sessions, more than 0; certificates are valid for
     *     twice as long, so that none runs out while sessions are made with it
     * @throws IllegalArgumentException when the period is not positive
     */
    public IdentityRotation(SecureRandom random, WallClock clock, Duration period, long nowNanos) {
        if (!period.isPositive()) {
            throw new IllegalArgumentException("period " + period + " is not more than 0");
        }
        this.random = random;
        this.clock = clock;
        this.period = period;
        this.madeNanos = nowNanos;
        this.current = make(nowNanos);
    }

    /** The certificate for a session that begins now; made first where it is time. */
    public CertificateIdentity current(long nowNanos) {
        if (nowNanos - madeNanos >= period.toNanos()) {
            current = make(nowNanos);
            madeNanos = nowNanos;
        }
        return current;
    }

    private CertificateIdentity make(long nowNanos) {
        long unixNanos = clock.unixNanos(nowNanos);
        Instant now =
                Instant.ofEpochSecond(
                        Math.floorDiv(unixNanos, NANOS_PER_SECOND),
                        Math.floorMod(unixNanos, NANOS_PER_SECOND));
        return CertificateIdentity.generate(random, now, period.multipliedBy(2));
    }
}
