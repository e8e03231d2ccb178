package dev.sluice.server.net;

import dev.sluice.media.ice.NetworkPath;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * The messages of one recvmmsg: for each room for the sender's address, and one piece of memory for
 * the datagram.
 */
final class ReceiveArray {

    private final MessageHeaders headers;
    private final AddressArray senders;

    /**
     * @param isIpv6 whether the socket is of that family
     */
    ReceiveArray(Arena arena, int maxMessages, boolean isIpv6) {
        headers = new MessageHeaders(arena, maxMessages, maxMessages);
        senders = new AddressArray(arena, maxMessages, isIpv6);
        for (int i = 0; i < maxMessages; i++) {
            headers.name(i, senders.memoryAddress(i));
            headers.vectors(i, i, 1);
            forgetSender(i);
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

    /** Where it came from. */
    NetworkPath sender(int message, RecentPaths paths) {
        return senders.path(message, paths);
    }

    /** The kernel wrote how long the sender's address was; now there is room for another one. */
    void forgetSender(int message) {
        headers.nameLength(message, senders.sizeBytes());
    }

    MemorySegment messages() {
        return headers.all();
    }
}
