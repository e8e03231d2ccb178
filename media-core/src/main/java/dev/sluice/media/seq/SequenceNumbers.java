package dev.sluice.media.seq;

/** Serial arithmetic of 16-bit sequence numbers, RFC 1982 with SERIAL_BITS = 16. */
public final class SequenceNumbers {

    private SequenceNumbers() {}

    /**
     * Whether {@code sequence} follows {@code other} by less than half of the number space. Of two
     * numbers exactly half the space (32768) apart neither is newer.
     */
    public static boolean isNewer(int sequence, int other) {
        return distance(other, sequence) > 0;
    }

    /** How many steps lead from one 16-bit number to the other the short way: -32768 to 32767. */
    public static int distance(int from, int to) {
        return (short) (to - from);
    }
}
