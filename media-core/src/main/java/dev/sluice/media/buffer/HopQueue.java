package dev.sluice.media.buffer;

import org.jspecify.annotations.Nullable;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Carries things from one thread to one other, in order, without a lock and without making an
 * object: each entry is a reference with two numbers. It has a fixed number of slots, so that a
 * reader who stalls costs the writer nothing but what is refused.
 *
 * <p>The writer asks {@link #claimWakeUp} after a batch whether the reader has to be told; the
 * reader says {@link #onWokenUp} before he looks.
 */
public final class HopQueue {

    private static final VarHandle HEAD;
    private static final VarHandle TAIL;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            HEAD = lookup.findVarHandle(HopQueue.class, "head", long.class);
            TAIL = lookup.findVarHandle(HopQueue.class, "tail", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final @Nullable Object[] items;
    private final int[] tags;
    private final long[] numbers;
    private final int mask;

    /** Entries taken so far; moved by the reader. */
    private long head;

    /** Entries put so far; moved by the writer. */
    private long tail;

    /** Whether the reader has been told of something that it has not looked for yet. */
    private final AtomicBoolean awake = new AtomicBoolean();

    /** The reader's: what {@link #poll} has taken. */
    private @Nullable Object item;

    private int tag;
    private long number;

    /**
     * @param capacity a power of two
     * @throws IllegalArgumentException for any other capacity
     */
    public HopQueue(int capacity) {
        if (Integer.bitCount(capacity) != 1 || capacity < 0) {
            throw new IllegalArgumentException("Capacity " + capacity + " is not a power of two");
        }
        items = new Object[capacity];
        tags = new int[capacity];
        numbers = new long[capacity];
        mask = capacity - 1;
    }

    /**
     * The writer's: puts an entry behind all others; false, and nothing is kept, where it is full.
     */
    public boolean offer(Object newItem, int newTag, long newNumber) {
        long at = tail;
        if (at - (long) HEAD.getAcquire(this) == items.length) {
            return false;
        }
        int slot = (int) at & mask;
        items[slot] = newItem;
        tags[slot] = newTag;
        numbers[slot] = newNumber;
        TAIL.setRelease(this, at + 1);
        return true;
    }

    /** The writer's: the entries that wait, or a few more. */
    public int size() {
        return (int) (tail - (long) HEAD.getAcquire(this));
    }

    /**
     * The writer's: whether the reader has to be told of what was put; true once until it looks.
     */
    public boolean claimWakeUp() {
        return !awake.getAndSet(true);
    }

    /** The reader's: from now on the writer tells of new entries again. Before the first poll. */
    public void onWokenUp() {
        awake.set(false);
    }

    /** The reader's: takes the next entry, or returns false where there is none. */
    public boolean poll() {
        long at = head;
        if (at == (long) TAIL.getVolatile(this)) {
            item = null;
            return false;
        }
        int slot = (int) at & mask;
        item = items[slot];
        tag = tags[slot];
        number = numbers[slot];
        items[slot] = null;
        HEAD.setRelease(this, at + 1);
        return true;
    }

    /** The reader's: what the last entry taken refers to. */
    public Object item() {
        return Objects.requireNonNull(item, "nothing was taken");
    }

    /** The reader's: the first number of the last entry taken. */
    public int tag() {
        return tag;
    }

    /** The reader's: the second number of the last entry taken. */
    public long number() {
        return number;
    }
}
