package dev.sluice.media.stats;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** A count with one writing thread that any thread may read, a moment late. */
public final class Counter {

    private static final VarHandle VALUE = handle();

    private long value;

    private static VarHandle handle() {
        try {
            return MethodHandles.lookup().findVarHandle(Counter.class, "value", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    public void increment() {
        add(1);
    }

    public void add(long amount) {
        VALUE.setOpaque(this, value + amount);
    }

    public long value() {
        return (long) VALUE.getOpaque(this);
    }
}
