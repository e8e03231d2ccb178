package dev.sluice.video.frame;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Ranges of sequence numbers, added in ascending order; adjacent ones become one. */
final class SequenceRanges {

    /** Beyond that the last range grows over what lies between: memory is bounded. */
    static final int MAX_RANGES = 1024;

    private static final int FIRST_CAPACITY = 8;

    private long[] firsts = new long[FIRST_CAPACITY];
    private long[] lasts = new long[FIRST_CAPACITY];
    private int count;

    void add(long first, long last) {
        if (count > 0 && (lasts[count - 1] + 1 == first || count == MAX_RANGES)) {
            lasts[count - 1] = last;
            return;
        }
        if (count == firsts.length) {
            firsts = Arrays.copyOf(firsts, 2 * count);
            lasts = Arrays.copyOf(lasts, 2 * count);
        }
        firsts[count] = first;
        lasts[count] = last;
        count++;
    }

    /** Takes all ranges out of {@code others}. */
    void moveFrom(SequenceRanges others) {
        for (int i = 0; i < others.count; i++) {
            add(others.firsts[i], others.lasts[i]);
        }
        others.clear();
    }

    boolean isEmpty() {
        return count == 0;
    }

    void clear() {
        count = 0;
    }

    List<SequenceRange> toList() {
        if (count == 0) {
            return List.of();
        }
        List<SequenceRange> ranges = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            ranges.add(new SequenceRange(firsts[i], lasts[i]));
        }
        return List.copyOf(ranges);
    }
}
