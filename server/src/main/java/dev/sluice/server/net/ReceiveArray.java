package dev.sluice.server.net;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.sluice.media.ice.NetworkPath;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * An array of struct mmsghdr with what it points to, as recvmmsg takes it on 64-bit Linux: for each
 * message room for the sender's address, and one piece of memory for the datagram.
 */
final class ReceiveArray {

    private static final int MESSAGE_BYTES = 64;
    private static final int NAME_LENGTH = 8;
    private static final int VECTORS = 16;
    private static final int VECTOR_COUNT = 24;
    private static final int RECEIVED_BYTES = 56;

    /** struct iovec. */
    private static final int VECTOR_BYTES = 16;

    private final MemorySegment messages;
    private final MemorySegment vectors;
    private final AddressArray senders;

    /**
     * @param isIpv6 whether the socket is of that family
     */
    ReceiveArray(Arena arena, int maxMessages, boolean isIpv6) {
        messages = arena.allocate((long) maxMessages * MESSAGE_BYTES, Long.BYTES);
        vectors = arena.allocate((long) maxMessages * VECTOR_BYTES, Long.BYTES);
        senders = new AddressArray(arena, maxMessages, isIpv6);
        for (int i = 0; i < maxMessages; i++) {
            long at = offset(i);
            messages.set(JAVA_LONG, at, senders.memoryAddress(i));
            messages.set(JAVA_LONG, at + VECTORS, vectors.address() + (long) i * VECTOR_BYTES);
            messages.set(JAVA_LONG, at + VECTOR_COUNT, 1);
            forgetSender(i);
        }
    }

    /** Where the datagram of a message is put. */
    void setMemory(int message, long address, int sizeBytes) {
        long at = (long) message * VECTOR_BYTES;
        vectors.set(JAVA_LONG, at, address);
        vectors.set(JAVA_LONG, at + Long.BYTES, sizeBytes);
    }

    /** How much was received with a message. */
    int receivedBytes(int message) {
        return messages.get(JAVA_INT, offset(message) + RECEIVED_BYTES);
    }

    /** Where it came from. */
    NetworkPath sender(int message, RecentPaths paths) {
        return senders.path(message, paths);
    }

    /** The kernel wrote how long the sender's address was; now there is room for another one. */
    void forgetSender(int message) {
        messages.set(JAVA_INT, offset(message) + NAME_LENGTH, senders.sizeBytes());
    }

    MemorySegment messages() {
        return messages;
    }

    private static long offset(int message) {
        return (long) message * MESSAGE_BYTES;
    }
}
