package dev.sluice.video.frame;

/**
 * A run of extended sequence numbers.
 *
 * @param first the lowest
 * @param last the highest, not below the first
 */
public record SequenceRange(long first, long last) {

    public SequenceRange {
        if (last < first) {
            throw new IllegalArgumentException("Range ends at " + last + ", before " + first);
        }
    }

    /** How many numbers there are. */
    public long count() {
        return last - first + 1;
    }
}
