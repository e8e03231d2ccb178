package dev.sluice.server.session;

import java.util.List;

/**
 * Finds how many packets, in their order, can leave as one segmented send: all of one size but for
 * the last, which may be shorter. Packets that may be padded count as of one size when they differ
 * by {@link #MAX_PADDING_BYTES} or less, as those into which an encoder splits a frame do.
 * Reusable.
 */
final class SegmentPlan {

    /** What equalising may cost a packet: a hundredth of it, where a send of its own costs more. */
    static final int MAX_PADDING_BYTES = 12;

    /** A datagram's limit, less what sealing adds to each segment. */
    private static final int MAX_RUN_BYTES = 60_000;

    private final int maxSegments;
    private final int tolerance;
    private int end;
    private int segmentBytes;
    private int leastBytes;
    private boolean isFixed;

    SegmentPlan(BatchSettings settings) {
        maxSegments = settings.maxSegments();
        tolerance = settings.equalize() ? MAX_PADDING_BYTES : 0;
    }

    /** Plans the run that begins with a packet. */
    void plan(List<OutgoingPacket> packets, int from) {
        OutgoingPacket first = packets.get(from);
        end = from + 1;
        segmentBytes = first.sizeBytes();
        leastBytes = segmentBytes;
        isFixed = !first.mayBePadded();
        boolean goesOn = !first.isSealed();
        while (goesOn && end < packets.size() && end - from < maxSegments) {
            goesOn = include(packets.get(end), end - from);
        }
    }

    /** Adds the next packet if it fits; false when it does not, or when none can follow it. */
    private boolean include(OutgoingPacket next, int before) {
        int size = next.sizeBytes();
        int larger = Math.max(segmentBytes, size);
        boolean grows = larger > segmentBytes;
        if (next.isSealed()
                || (grows && (isFixed || larger - leastBytes > tolerance))
                || (before + 1) * larger > MAX_RUN_BYTES) {
            return false;
        }
        segmentBytes = larger;
        end++;
        boolean isPaddedIn = next.mayBePadded() && larger - size <= tolerance;
        isFixed |= !next.mayBePadded();
        leastBytes = Math.min(leastBytes, size);
        return size == larger || isPaddedIn;
    }

    /** The place behind the last packet of the run. */
    int end() {
        return end;
    }

    /** The size of each packet but the last, before it is sealed. */
    int segmentBytes() {
        return segmentBytes;
    }
}
