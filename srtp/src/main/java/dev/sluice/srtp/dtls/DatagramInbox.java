package dev.sluice.srtp.dtls;

import org.bouncycastle.tls.DatagramTransport;

import java.io.IOException;
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

    @Override
    public int receive(byte[] buffer, int offset, int length, int waitMillis) throws IOException {
        lock.lock();
        try {
            park(waitMillis);
            byte[] datagram = closing ? null : waiting.poll();
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
        while (waiting.isEmpty() && !closing && nanos > 0) {
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

    @Override
    public void close() {
        // The sockets are the edge's.
    }
}
