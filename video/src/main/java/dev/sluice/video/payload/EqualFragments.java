package dev.sluice.video.payload;

/**
 * How a frame is split into the fewest payloads, all about equally long: so none is so short that
 * its headers weigh more than its bytes, and a burst has no odd last packet.
 *
 * @param count how many fragments there are, at least 1
 * @param firstBytes the bytes of the first one
 * @param restBytes the bytes of all others together
 */
public record EqualFragments(int count, int firstBytes, int restBytes) {

    /**
     * @param frameBytes the bytes to split, at least 1
     * @param capacityBytes the most that a fragment may have, at least 1
     * @param firstReservedBytes what the first fragment has to leave free; each fragment gets at
     *     least one byte of the frame
     * @throws IllegalArgumentException if no byte of the frame fits into the first fragment
     */
    public static EqualFragments of(int frameBytes, int capacityBytes, int firstReservedBytes) {
        if (firstReservedBytes >= capacityBytes) {
            throw new IllegalArgumentException(
                    "a payload descriptor that is %d bytes longer leaves nothing of %d bytes"
                            .formatted(firstReservedBytes, capacityBytes));
        }
        int wholeBytes = frameBytes + firstReservedBytes;
        int count = Math.ceilDiv(wholeBytes, capacityBytes);
        int first = Math.max(1, Math.ceilDiv(wholeBytes, count) - firstReservedBytes);
        return new EqualFragments(count, first, frameBytes - first);
    }

    /** The bytes of the fragment {@code number}, which counts from 0. */
    public int sizeBytes(int number) {
        if (number == 0) {
            return firstBytes;
        }
        int others = count - 1;
        boolean longer = number - 1 < restBytes % others;
        return restBytes / others + (longer ? 1 : 0);
    }
}
