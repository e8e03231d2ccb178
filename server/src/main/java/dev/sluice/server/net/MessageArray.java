package dev.sluice.server.net;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import dev.sluice.media.ice.NetworkPath;
import dev.sluice.sockets.AddressArray;
import dev.sluice.sockets.MessageHeaders;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * The messages of one sendmmsg: for each an address, pieces of memory, and, for those that the
 * kernel is to cut apart, the size of a segment.
 */
final class MessageArray {

    /** struct cmsghdr with 16 bits of data, and the room that it takes. */
    private static final long SEGMENT_LENGTH = 18;

    private static final int SEGMENT_BYTES = 24;
    private static final int SEGMENT_DATA = 16;
    private static final int SOL_UDP = 17;
    private static final int UDP_SEGMENT = 103;

    private final MessageHeaders headers;
    private final boolean isIpv6;
    private final AddressArray receivers;
    private final MemorySegment controls;
    private int vectorCount;

    /**
     * @param isIpv6 whether the socket is of that family; IPv4 addresses are mapped then
     */
    MessageArray(Arena arena, int maxMessages, int maxVectors, boolean isIpv6) {
        this.isIpv6 = isIpv6;
        headers = new MessageHeaders(arena, maxMessages, maxVectors);
        receivers = new AddressArray(arena, maxMessages);
        controls = arena.allocate((long) maxMessages * SEGMENT_BYTES, Long.BYTES);
        for (int i = 0; i < maxMessages; i++) {
            initialize(i);
        }
    }

    private void initialize(int message) {
        headers.name(message, receivers.memoryAddress(message));
        headers.nameLength(message, AddressArray.sizeBytes(isIpv6));
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
        address(message, to);
        headers.vectors(message, vectorCount, 0);
        long control = (long) message * SEGMENT_BYTES;
        controls.set(JAVA_SHORT, control + SEGMENT_DATA, (short) segmentBytes);
        boolean isCut = segmentBytes > 0;
        headers.control(
                message, isCut ? controls.address() + control : 0, isCut ? SEGMENT_BYTES : 0);
    }

    private void address(int message, NetworkPath to) {
        if (isIpv6) {
            receivers.setIpv6(message, to.addressHigh(), to.addressLow(), to.scope(), to.port());
        } else {
            receivers.setIpv4(message, (int) to.addressLow(), to.port());
        }
    }

    /** Adds a piece of memory to the message that was begun last. */
    void add(int message, long address, int sizeBytes) {
        headers.vector(vectorCount++, address, sizeBytes);
        headers.oneVectorMore(message);
    }

    /** The array from a message on. */
    MemorySegment from(int message) {
        return headers.from(message);
    }
}
