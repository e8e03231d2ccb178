package dev.sluice.bench.rmcat;

/** Something that acts in virtual time. */
interface Actor {

    /** When it acts next, {@code Deadline.NEVER} when it waits for others. */
    long nextNanos();

    void act(long nowNanos);
}
