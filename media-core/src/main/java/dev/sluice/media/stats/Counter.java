package dev.sluice.media.stats;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * A number that one thread raises and any thread may read, without lock or fence: a reader sees
 * whole values that never go back, soon after they were written.
 */
public final class Counter {

    private static final VarHandle VALUE;

    static {
        try {
            VALUE = MethodHandles.lookup().findVarHandle(Counter.class, "value", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private long value;

    /** Adds one; by the writing thread only. */
    public void increment() {
        add(1);
    }

    /** Adds {@code amount}, which is not negative; by the writing thread only. */
    public void add(long amount) {
        VALUE.setOpaque(this, value + amount);
    }

    /** The sum so far, from any thread. */
    public long value() {
        return (long) VALUE.getOpaque(this);
    }

    @Override
    public String toString() {
        return Long.toString(value());
    }
}
