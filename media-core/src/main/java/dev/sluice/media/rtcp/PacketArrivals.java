package dev.sluice.media.rtcp;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/**
 * The packets that a transport feedback reports as received, in the order of their numbers;
 * immutable. A number between two of them is one that was not received.
 */
public final class PacketArrivals {

    private final int[] offsets;
    private final int[] deltasTicks;

    private PacketArrivals(int[] offsets, int[] deltasTicks) {
        this.offsets = offsets;
        this.deltasTicks = deltasTicks;
    }

    /** How many packets were received. */
    public int size() {
        return offsets.length;
    }

    /**
     * How far behind the base sequence number the packet at this position is: 0 to 65534,
     * ascending.
     */
    public int offset(int position) {
        return offsets[position];
    }

    /**
     * The time from the arrival of the packet at the position before to this one's, for the first
     * from the reference time: -32768 to 32767 in units of 250 us.
     */
    public int deltaTicks(int position) {
        return deltasTicks[position];
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PacketArrivals arrivals
                && Arrays.equals(arrivals.offsets, offsets)
                && Arrays.equals(arrivals.deltasTicks, deltasTicks);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(offsets) + Arrays.hashCode(deltasTicks);
    }

    @Override
    public String toString() {
        return "PacketArrivals[offsets=%s, deltasTicks=%s]"
                .formatted(Arrays.toString(offsets), Arrays.toString(deltasTicks));
    }

    /** Collects arrivals in the order of their numbers. */
    public static final class Builder {

        private static final int USUAL_COUNT = 32;

        private int[] offsets;
        private int[] deltasTicks;
        private int size;

        public Builder() {
            this(USUAL_COUNT);
        }

        /**
         * @param expectedCount how many packets there are likely to be; more may come
         */
        Builder(int expectedCount) {
            offsets = new int[expectedCount];
            deltasTicks = new int[expectedCount];
        }

        /**
         * @throws IllegalArgumentException when the offset is not above the last one, or not below
         *     65535, or when the delta does not fit 16 bits
         */
        public Builder add(int offset, int deltaTicks) {
            int lowest = size == 0 ? 0 : offsets[size - 1] + 1;
            if (offset < lowest
                    || offset >= TransportFeedback.MAX_STATUS_COUNT
                    || deltaTicks != (short) deltaTicks) {
                throw new IllegalArgumentException(
                        "Offset %d with a delta of %d; expected %d to 65534, and 16 bits signed"
                                .formatted(offset, deltaTicks, lowest));
            }
            if (size == offsets.length) {
                offsets = Arrays.copyOf(offsets, 2 * size + 1);
                deltasTicks = Arrays.copyOf(deltasTicks, 2 * size + 1);
            }
            offsets[size] = offset;
            deltasTicks[size] = deltaTicks;
            size++;
            return this;
        }

        public int size() {
            return size;
        }

        public PacketArrivals build() {
            return new PacketArrivals(
                    Arrays.copyOf(offsets, size), Arrays.copyOf(deltasTicks, size));
        }
    }
}
