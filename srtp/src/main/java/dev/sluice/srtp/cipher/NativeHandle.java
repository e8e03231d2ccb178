package dev.sluice.srtp.cipher;

import java.lang.ref.Cleaner;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/**
 * Something outside the heap that has to be given back: once, by {@link #close} or, where an owner
 * forgot, when nobody can reach this handle any more.
 *
 * <p>Who gives the address to native code keeps the handle reachable until the call is over.
 */
final class NativeHandle implements AutoCloseable {

    private static final Cleaner CLEANER = Cleaner.create();
    private static final AtomicLong OPEN = new AtomicLong();

    private final Held held;
    private final Cleaner.Cleanable cleanable;

    /**
     * @param address never zero
     * @param release gets the address; must not reach this handle
     */
    NativeHandle(long address, LongConsumer release) {
        if (address == 0) {
            throw new IllegalStateException("Native code has no memory left");
        }
        OPEN.incrementAndGet();
        held = new Held(address, release);
        cleanable = CLEANER.register(this, held);
    }

    /**
     * @throws IllegalStateException when it was closed
     */
    long address() {
        long address = held.address;
        if (address == 0) {
            throw closed();
        }
        return address;
    }

    static IllegalStateException closed() {
        return new IllegalStateException("This cipher was closed");
    }

    /** How many of the process are not given back; a leak makes it grow. */
    static long openCount() {
        return OPEN.get();
    }

    @Override
    public void close() {
        cleanable.clean();
    }

    /** Knows nothing of the handle, which could otherwise never become unreachable. */
    private static final class Held implements Runnable {

        private final LongConsumer release;
        private long address;

        Held(long address, LongConsumer release) {
            this.address = address;
            this.release = release;
        }

        @Override
        public void run() {
            long released = address;
            address = 0;
            release.accept(released);
            OPEN.decrementAndGet();
        }
    }
}
