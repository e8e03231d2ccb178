package dev.sluice.server.net;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import dev.sluice.media.ice.NetworkPath;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * An array of struct mmsghdr with what it points to, as sendmmsg takes it on 64-bit Linux: for each
 * message an address, pieces of memory, and, for those that the kernel is to cut apart, the size of
 * a segment.
 */
final class MessageArray {

    private static final int MESSAGE_BYTES = 64;
    private static final int NAME_LENGTH = 8;
    private static final int VECTORS = 16;
    private static final int VECTOR_COUNT = 24;
    private static final int CONTROL = 32;
    private static final int CONTROL_LENGTH = 40;

    /** struct iovec. */
    private static final int VECTOR_BYTES = 16;

    /** struct cmsghdr with 16 bits of data, and the room that it takes. */
    private static final long SEGMENT_LENGTH = 18;

    private static final int SEGMENT_BYTES = 24;
    private static final int SEGMENT_DATA = 16;
    private static final int SOL_UDP = 17;
    private static final int UDP_SEGMENT = 103;

    private final MemorySegment messages;
    private final MemorySegment vectors;
    private final AddressArray receivers;
    private final MemorySegment controls;
    private int vectorCount;

    /**
     * @param isIpv6 whether the socket is of that family; IPv4 addresses are mapped then
     */
    MessageArray(Arena arena, int maxMessages, int maxVectors, boolean isIpv6) {
        messages = arena.allocate((long) maxMessages * MESSAGE_BYTES, Long.BYTES);
        vectors = arena.allocate((long) maxVectors * VECTOR_BYTES, Long.BYTES);
        receivers = new AddressArray(arena, maxMessages, isIpv6);
        controls = arena.allocate((long) maxMessages * SEGMENT_BYTES, Long.BYTES);
        for (int i = 0; i < maxMessages; i++) {
            initialize(i);
        }
    }

    private void initialize(int message) {
        long at = (long) message * MESSAGE_BYTES;
        messages.set(JAVA_LONG, at, receivers.memoryAddress(message));
        messages.set(JAVA_INT, at + NAME_LENGTH, receivers.sizeBytes());
        long control = (long) message * SEGMENT_BYTES;
        controls.set(JAVA_LONG, control, SEGMENT_LENGTH);
        controls.set(JAVA_INT, control + Long.BYTES, SOL_UDP);
        controls.set(JAVA_INT, control + Long.BYTES + Integer.BYTES, UDP_SEGMENT);
    }

    void clear() {
        vectorCount = 0;
    }

    /**
     * Begins a message; its pieces follow.
     *
     * @param segmentBytes by which the kernel cuts it apart; 0 to leave it whole
     */
    void begin(int message, NetworkPath to, int segmentBytes) {
        long at = (long) message * MESSAGE_BYTES;
        receivers.set(message, to);
        messages.set(
                JAVA_LONG, at + VECTORS, vectors.address() + vectorCount * (long) VECTOR_BYTES);
        messages.set(JAVA_LONG, at + VECTOR_COUNT, 0);
        long control = (long) message * SEGMENT_BYTES;
        controls.set(JAVA_SHORT, control + SEGMENT_DATA, (short) segmentBytes);
        boolean isCut = segmentBytes > 0;
        messages.set(JAVA_LONG, at + CONTROL, isCut ? controls.address() + control : 0);
        messages.set(JAVA_LONG, at + CONTROL_LENGTH, isCut ? SEGMENT_BYTES : 0);
    }

    /** Adds a piece of memory to the message that was begun last. */
    void add(int message, long address, int sizeBytes) {
        long vector = (long) vectorCount++ * VECTOR_BYTES;
        vectors.set(JAVA_LONG, vector, address);
        vectors.set(JAVA_LONG, vector + Long.BYTES, sizeBytes);
        long count = (long) message * MESSAGE_BYTES + VECTOR_COUNT;
        messages.set(JAVA_LONG, count, messages.get(JAVA_LONG, count) + 1);
    }

    /** The array from a message on. */
    MemorySegment from(int message) {
        return messages.asSlice((long) message * MESSAGE_BYTES);
    }
}
