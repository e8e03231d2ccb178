package dev.sluice.video.frame;

import dev.sluice.video.payload.Depacketizer.FrameStart;

import java.util.List;

/**
 * Packets that are missing between the packets of two frames.
 *
 * @param missing in ascending order, not empty
 * @param previousEnded whether the end of the frame before is known, by its marker; also where
 *     there is no frame before
 * @param nextStart whether the packet after the gap is the first of its frame
 */
public record FrameGap(List<SequenceRange> missing, boolean previousEnded, FrameStart nextStart) {

    /** To which frame a missing packet belonged. */
    public enum Owner {
        /** To the frame before the gap. */
        PREVIOUS,
        /** To a frame of which no packet came. */
        LOST_FRAME,
        /** To the frame after the gap. */
        NEXT,
        /** The payload format does not tell. */
        UNKNOWN
    }

    public FrameGap {
        if (missing.isEmpty()) {
            throw new IllegalArgumentException("A gap without a missing packet");
        }
        missing = List.copyOf(missing);
    }

    public long firstMissing() {
        return missing.getFirst().first();
    }

    public long lastMissing() {
        return missing.getLast().last();
    }

    /**
     * To which frame the packet with an extended sequence number belonged, as exactly as marker and
     * payload format tell: if the frame before has no end, the first missing packet is of it; if
     * the frame after has no start, the last missing one is of that; if neither lacks anything, all
     * are of lost frames.
     */
    public Owner owner(long sequence) {
        boolean ofPrevious = !previousEnded && sequence == firstMissing();
        boolean ofNext = nextStart == FrameStart.NO && sequence == lastMissing();
        if (ofPrevious != ofNext) {
            return ofPrevious ? Owner.PREVIOUS : Owner.NEXT;
        }
        return previousEnded && nextStart == FrameStart.YES ? Owner.LOST_FRAME : Owner.UNKNOWN;
    }
}
