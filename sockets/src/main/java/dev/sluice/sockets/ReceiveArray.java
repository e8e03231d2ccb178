package dev.sluice.sockets;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.TimeUnit;

/**
 * The messages of one recvmmsg: for each room for the sender's address, one piece of memory for the
 * datagram, and room for the time at which the kernel took it in.
 *
 * <pre>{@code
 * struct cmsghdr with a struct timespec
 *  0  cmsg_len    8 bytes
 *  8  cmsg_level  4
 * 12  cmsg_type   4
 * 16  tv_sec      8
 * 24  tv_nsec     8
 * }</pre>
 */
final class ReceiveArray {

    private static final int STAMP_BYTES = 32;
    private static final int LEVEL = 8;
    private static final int TYPE = 12;
    private static final int SECONDS = 16;
    private static final int NANOS = 24;

    private final MessageHeaders headers;
    private final AddressArray senders;
    private final MemorySegment stamps;

    ReceiveArray(Arena arena, int maxMessages) {
        headers = new MessageHeaders(arena, maxMessages, maxMessages);
        senders = new AddressArray(arena, maxMessages);
        stamps = arena.allocate((long) maxMessages * STAMP_BYTES, Long.BYTES);
        for (int i = 0; i < maxMessages; i++) {
            headers.name(i, senders.memoryAddress(i));
            headers.vectors(i, i, 1);
            renew(i);
        }
    }

    /** Where the datagram of a message is put. */
    void setMemory(int message, long address, int sizeBytes) {
        headers.vector(message, address, sizeBytes);
    }

    /** How much was received with a message. */
    int receivedBytes(int message) {
        return headers.lengthBytes(message);
    }

    /** Where the messages came from. */
    AddressArray senders() {
        return senders;
    }

    /** When the kernel took the datagram in, by the wall clock; 0 where it does not say. */
    long stampNanos(int message) {
        long at = (long) message * STAMP_BYTES;
        boolean isStamped =
                headers.controlBytes(message) == STAMP_BYTES
                        && stamps.get(JAVA_INT, at + LEVEL) == LinuxSockets.SOL_SOCKET
                        && stamps.get(JAVA_INT, at + TYPE) == LinuxSockets.SO_TIMESTAMPNS;
        return isStamped
                ? TimeUnit.SECONDS.toNanos(stamps.get(JAVA_LONG, at + SECONDS))
                        + stamps.get(JAVA_LONG, at + NANOS)
                : 0;
    }

    /** The kernel wrote how much it has told; now there is room for another message. */
    void renew(int message) {
        headers.nameLength(message, AddressArray.MAX_BYTES);
        headers.control(message, stamps.address() + (long) message * STAMP_BYTES, STAMP_BYTES);
    }

    MemorySegment messages() {
        return headers.all();
    }
}
