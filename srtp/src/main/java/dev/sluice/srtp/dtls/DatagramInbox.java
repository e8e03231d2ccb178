package dev.sluice.srtp.dtls;

import org.bouncycastle.tls.DatagramTransport;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Where datagrams wait for the endpoint's thread, and that thread for datagrams. */
final class DatagramInbox implements DatagramTransport {

    /** A flight has some ten datagrams; more than a few flights at once is no handshake. */
    private static final int MAX_WAITING = 64;

    /** What any path carries, IPv6 and tunnels included. */
    private static final int SEND_LIMIT_BYTES = 1200;

    private static final int RECEIVE_LIMIT_BYTES = 2048;

    private final DtlsOutput output;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final Condition settled = lock.newCondition();
    private final ArrayDeque<byte[]> waiting = new ArrayDeque<>();
    private boolean parked;
    private boolean closing;
    private boolean released;
    private boolean ended;

    DatagramInbox(DtlsOutput output) {
        this.output = output;
    }

    /** Leaves a datagram; false when too many wait already, or nobody will read it. */
    boolean offer(byte[] datagram) {
        lock.lock();
        try {
            if (closing || ended || waiting.size() >= MAX_WAITING) {
                return false;
            }
            waiting.add(datagram);
            arrived.signal();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Wakes the thread, which ends the connection. */
    void startClosing() {
        lock.lock();
        try {
            closing = true;
            arrived.signal();
        } finally {
            lock.unlock();
        }
    }

    boolean isClosing() {
        lock.lock();
        try {
            return closing;
        } finally {
            lock.unlock();
        }
    }

    /** Says that the thread is over. */
    void end() {
        lock.lock();
        try {
            ended = true;
            waiting.clear();
            settled.signalAll();
        } finally {
            lock.unlock();
        }
    }

    boolean hasEnded() {
        lock.lock();
        try {
            return ended;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until the thread has read everything and waits itself, or is over. */
    boolean awaitSettled(Duration limit) throws InterruptedException {
        lock.lock();
        try {
            long nanos = limit.toNanos();
            while (!ended && !(parked && waiting.isEmpty() && !closing)) {
                if (nanos <= 0) {
                    return false;
                }
                nanos = settled.awaitNanos(nanos);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /**
     * @return the datagram's size, or -1 when the wait is over
     * @throws InterruptedIOException when nobody is to wait any more; of all exceptions the one
     *     that BouncyCastle lets through, where it would ask again at once after a -1
     */
    @Override
    public int receive(byte[] buffer, int offset, int length, int waitMillis) throws IOException {
        lock.lock();
        try {
            park(waitMillis);
            if (closing || released) {
                throw new InterruptedIOException("no more datagrams are read");
            }
            byte[] datagram = waiting.poll();
            if (datagram == null) {
                return -1;
            }
            int sizeBytes = Math.min(length, datagram.length);
            System.arraycopy(datagram, 0, buffer, offset, sizeBytes);
            return sizeBytes;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            lock.unlock();
        }
    }

    private void park(int waitMillis) throws InterruptedException {
        long nanos = TimeUnit.MILLISECONDS.toNanos(waitMillis);
        parked = true;
        settled.signalAll();
        while (waiting.isEmpty() && !closing && !released && nanos > 0) {
            nanos = arrived.awaitNanos(nanos);
        }
        parked = false;
    }

    @Override
    public void send(byte[] buffer, int offset, int length) {
        byte[] datagram = new byte[length];
        System.arraycopy(buffer, offset, datagram, 0, length);
        output.transmit(datagram);
    }

    @Override
    public int getReceiveLimit() {
        return RECEIVE_LIMIT_BYTES;
    }

    @Override
    public int getSendLimit() {
        return SEND_LIMIT_BYTES;
    }

    /** BouncyCastle is done: after a close_notify or a fatal alert, from either side. */
    @Override
    public void close() {
        lock.lock();
        try {
            released = true;
        } finally {
            lock.unlock();
        }
    }
}
