package dev.sluice.srtp.dtls;

import dev.sluice.media.time.Deadline;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Where an endpoint's owner, who has the datagrams and the time, meets the endpoint's thread, which
 * waits here for both. A wait of the thread is a deadline in the owner's time.
 */
final class DtlsMailbox {

    /**
     * A flight of a peer's is at most some ten datagrams; what comes faster than the thread works
     * is lost.
     */
    static final int INBOX_CAPACITY_DATAGRAMS = 32;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition wakeUp = lock.newCondition();
    private final Condition settled = lock.newCondition();

    private final AtomicLong applicationRecords = new AtomicLong();
    private final long handshakeTimeoutNanos;

    // All guarded by the lock:
    private final ArrayDeque<byte[]> inbox = new ArrayDeque<>();
    private long nowNanos;
    private long handshakeDeadlineNanos = Deadline.NEVER;
    private long waitDeadlineNanos = Deadline.NEVER;
    private boolean isParked;
    private boolean isDecided;
    private boolean isEnded;
    private @Nullable DtlsFailure interruption;

    /**
     * @param handshakeTimeoutNanos 1 to {@link DtlsEndpoint#MAX_HANDSHAKE_TIMEOUT_NANOS}
     */
    DtlsMailbox(long handshakeTimeoutNanos, long nowNanos) {
        if (handshakeTimeoutNanos < 1
                || handshakeTimeoutNanos > DtlsEndpoint.MAX_HANDSHAKE_TIMEOUT_NANOS) {
            throw new IllegalArgumentException(
                    "A handshake takes from 1 to %d ns, not %d"
                            .formatted(
                                    DtlsEndpoint.MAX_HANDSHAKE_TIMEOUT_NANOS,
                                    handshakeTimeoutNanos));
        }
        this.handshakeTimeoutNanos = handshakeTimeoutNanos;
        this.nowNanos = nowNanos;
    }

    /** Starts the time that the handshake may take, unless it runs already. */
    void startHandshakeTimeout(long now) {
        lock.lock();
        try {
            if (handshakeDeadlineNanos == Deadline.NEVER) {
                handshakeDeadlineNanos = now + handshakeTimeoutNanos;
            }
        } finally {
            lock.unlock();
        }
    }

    DtlsStatus offer(byte[] datagram, long now) {
        lock.lock();
        try {
            nowNanos = now;
            if (isEnded) {
                return DtlsStatus.ENDED;
            }
            if (inbox.size() >= INBOX_CAPACITY_DATAGRAMS) {
                return DtlsStatus.INBOX_FULL;
            }
            inbox.add(datagram);
            wakeUp.signal();
            return DtlsStatus.OK;
        } finally {
            lock.unlock();
        }
    }

    /** The owner's time has come to {@code now}. */
    void advance(long now) {
        lock.lock();
        try {
            nowNanos = now;
            if (!isDecided && interruption == null && Deadline.isDue(handshakeDeadlineNanos, now)) {
                interruption = DtlsFailure.TIMED_OUT;
            }
            if (mustWake()) {
                wakeUp.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Makes the thread leave at its next wait; the first reason given stays. */
    void interrupt(DtlsFailure reason) {
        lock.lock();
        try {
            if (interruption == null) {
                interruption = reason;
            }
            wakeUp.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Why the owner wants the thread to leave, or null. */
    @Nullable DtlsFailure interruption() {
        lock.lock();
        try {
            return interruption;
        } finally {
            lock.unlock();
        }
    }

    /**
     * When {@link #advance} has something to do. While the thread computes or is yet to wake,
     * nobody knows how long it will wait next; the time to ask again is then after one
     * retransmission interval. Always after the time that was told last: an owner that calls
     * whoever is due would otherwise call without end until the thread gets a processor.
     */
    long nextDeadlineNanos() {
        lock.lock();
        try {
            if (isEnded || isDecided || interruption != null) {
                return Deadline.NEVER;
            }
            long next =
                    isParked && !mustWake()
                            ? waitDeadlineNanos
                            : nowNanos + DtlsEndpoint.FIRST_RETRANSMISSION_NANOS;
            return Math.min(next, handshakeDeadlineNanos);
        } finally {
            lock.unlock();
        }
    }

    /**
     * True once the thread waits for the owner with nothing left to read, or has ended; false after
     * the limit.
     */
    boolean awaitSettled(Duration limit) {
        long leftNanos = limit.toNanos();
        lock.lock();
        try {
            while (!isSettled() && leftNanos > 0) {
                leftNanos = settled.awaitNanos(leftNanos);
            }
            return isSettled();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    boolean isEnded() {
        lock.lock();
        try {
            return isEnded;
        } finally {
            lock.unlock();
        }
    }

    /**
     * The thread waits for a datagram, for a deadline or for an interruption.
     *
     * @param deadlineNanos in the owner's time
     * @return null when there is none
     */
    byte @Nullable [] take(long deadlineNanos) {
        lock.lock();
        try {
            waitDeadlineNanos = deadlineNanos;
            isParked = true;
            settled.signalAll();
            while (!mustWake()) {
                wakeUp.awaitUninterruptibly();
            }
            isParked = false;
            return inbox.poll();
        } finally {
            lock.unlock();
        }
    }

    /** The owner's time, as far as it was told. */
    long nowNanos() {
        lock.lock();
        try {
            return nowNanos;
        } finally {
            lock.unlock();
        }
    }

    /** A record of application data, which nobody here wants. */
    void countApplicationData() {
        applicationRecords.incrementAndGet();
    }

    long applicationRecords() {
        return applicationRecords.get();
    }

    /**
     * The thread has the handshake's outcome; false when the owner's interruption came before it.
     */
    boolean decide() {
        lock.lock();
        try {
            isDecided = true;
            return interruption == null;
        } finally {
            lock.unlock();
        }
    }

    /** The thread has done its last. */
    void end() {
        lock.lock();
        try {
            isEnded = true;
            inbox.clear();
            settled.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private boolean isSettled() {
        return isEnded || (isParked && !mustWake());
    }

    private boolean mustWake() {
        return !inbox.isEmpty()
                || interruption != null
                || Deadline.isDue(waitDeadlineNanos, nowNanos);
    }
}
