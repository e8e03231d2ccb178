package dev.sluice.sockets;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * An array of struct mmsghdr, as sendmmsg and recvmmsg take it on 64-bit Linux, and one of struct
 * iovec, by which its messages say where their bytes lie.
 *
 * <pre>{@code
 * struct mmsghdr                           struct iovec
 *  0  msg_name         8 bytes              0  iov_base  8 bytes
 *  8  msg_namelen      4, then 4 unused     8  iov_len   8
 * 16  msg_iov          8
 * 24  msg_iovlen       8
 * 32  msg_control      8
 * 40  msg_controllen   8
 * 48  msg_flags        4, then 4 unused
 * 56  msg_len          4, then 4 unused
 * }</pre>
 */
public final class MessageHeaders {

    private static final int MESSAGE_BYTES = 64;
    private static final int NAME = 0;
    private static final int NAME_LENGTH = 8;
    private static final int VECTORS = 16;
    private static final int VECTOR_COUNT = 24;
    private static final int CONTROL = 32;
    private static final int CONTROL_LENGTH = 40;
    private static final int MESSAGE_LENGTH = 56;

    private static final int VECTOR_BYTES = 16;
    private static final int BASE = 0;
    private static final int LENGTH = 8;

    private final MemorySegment messages;
    private final MemorySegment vectors;

    public MessageHeaders(Arena arena, int maxMessages, int maxVectors) {
        messages = arena.allocate((long) maxMessages * MESSAGE_BYTES, Long.BYTES);
        vectors = arena.allocate((long) maxVectors * VECTOR_BYTES, Long.BYTES);
    }

    /** Where the socket address of the message lies. */
    public void name(int message, long address) {
        messages.set(JAVA_LONG, offset(message) + NAME, address);
    }

    public void nameLength(int message, int sizeBytes) {
        messages.set(JAVA_INT, offset(message) + NAME_LENGTH, sizeBytes);
    }

    /** The bytes of the message lie where these vectors say. */
    public void vectors(int message, int first, int count) {
        long at = offset(message);
        messages.set(JAVA_LONG, at + VECTORS, vectors.address() + (long) first * VECTOR_BYTES);
        messages.set(JAVA_LONG, at + VECTOR_COUNT, count);
    }

    /** The next vector is the message's, too. */
    public void oneVectorMore(int message) {
        long at = offset(message) + VECTOR_COUNT;
        messages.set(JAVA_LONG, at, messages.get(JAVA_LONG, at) + 1);
    }

    public void vector(int index, long address, int sizeBytes) {
        long at = (long) index * VECTOR_BYTES;
        vectors.set(JAVA_LONG, at + BASE, address);
        vectors.set(JAVA_LONG, at + LENGTH, sizeBytes);
    }

    /** Where the control messages lie; 0 and none. */
    public void control(int message, long address, int sizeBytes) {
        long at = offset(message);
        messages.set(JAVA_LONG, at + CONTROL, address);
        messages.set(JAVA_LONG, at + CONTROL_LENGTH, sizeBytes);
    }

    /** How many bytes of control messages the kernel has received. */
    int controlBytes(int message) {
        return messages.get(JAVA_INT, offset(message) + CONTROL_LENGTH);
    }

    /** How many bytes the kernel has received or sent with the message. */
    int lengthBytes(int message) {
        return messages.get(JAVA_INT, offset(message) + MESSAGE_LENGTH);
    }

    /** All messages. */
    MemorySegment all() {
        return messages;
    }

    /** The array from a message on. */
    public MemorySegment from(int message) {
        return messages.asSlice(offset(message));
    }

    private static long offset(int message) {
        return (long) message * MESSAGE_BYTES;
    }
}
