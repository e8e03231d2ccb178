package dev.sluice.media.rtp.dependency;

import dev.sluice.media.bits.BitReader;
import dev.sluice.media.rtp.ExtensionElement;
import dev.sluice.media.rtp.RtpPacket;
import dev.sluice.media.seq.SequenceNumbers;

import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;

/**
 * Reads the dependency descriptors of one stream, packet by packet, and keeps what holds beyond a
 * packet: the structure and the active decode targets. Allocates for new structures only.
 *
 * <p>A descriptor that is malformed or not understood changes nothing. Nor does one of an earlier
 * frame that comes late: it is read by its own structure, if it has one, and the newer one stays.
 */
public final class DependencyReader {

    private static final int MANDATORY_SIZE_BYTES = 3;

    /**
     * How many frames back a packet may be to count as late; a stream that starts anew at a random
     * frame number is rarely so near behind.
     */
    private static final int MAX_LATE_FRAMES = 256;

    private final BitReader bits = new BitReader();

    private @Nullable DependencyStructure structure;
    private int structureFrame;
    private int activeDecodeTargets;
    private int activeFrame;

    /** What came with the current packet, before it is known to be sound. */
    private @Nullable DependencyStructure attached;

    /** The structure in force, or null before the first. */
    public @Nullable DependencyStructure structure() {
        return structure;
    }

    /**
     * Bit i for decode target i, by the newest frame that said so; 0 before the first structure.
     */
    public int activeDecodeTargets() {
        return activeDecodeTargets;
    }

    /** Forgets the structure, as when another encoder takes the stream over. */
    public void reset() {
        structure = null;
        activeDecodeTargets = 0;
    }

    /** Reads the descriptor of a packet; anything but OK leaves {@code into} empty. */
    public DependencyStatus read(RtpPacket packet, int id, DependencyDescriptor into) {
        int index = ExtensionElement.index(packet, id);
        if (index < 0) {
            into.clear();
            return DependencyStatus.ABSENT;
        }
        return read(packet.buffer(), index, ExtensionElement.sizeBytes(packet, id), into);
    }

    /** The same with a descriptor's bytes, 3 to 255 of them. */
    public DependencyStatus read(
            ByteBuf buffer, int index, int sizeBytes, DependencyDescriptor into) {
        into.clear();
        if (sizeBytes < MANDATORY_SIZE_BYTES || sizeBytes > DependencyDescriptor.MAX_SIZE_BYTES) {
            return DependencyStatus.MALFORMED;
        }
        bits.wrap(buffer, index, sizeBytes);
        DependencyStatus status = readFields(sizeBytes > MANDATORY_SIZE_BYTES, into);
        if (status == DependencyStatus.OK) {
            keep(into);
        } else {
            into.clear();
        }
        bits.release();
        attached = null;
        return status;
    }

    private DependencyStatus readFields(boolean extended, DependencyDescriptor into) {
        boolean start = bits.flag();
        boolean end = bits.flag();
        int templateId = bits.bits(6);
        into.mandatory(start, end, bits.bits(16));
        int flags = extended ? bits.bits(5) : 0;
        if ((flags & 0x10) != 0) {
            attached = StructureReader.read(bits);
            if (attached == null) {
                return DependencyStatus.MALFORMED;
            }
            into.attached(true);
        }
        DependencyStructure inForce = attached == null ? structure : attached;
        if (inForce == null) {
            return DependencyStatus.NO_STRUCTURE;
        }
        readActiveDecodeTargets((flags & 0x08) != 0, inForce, into);
        int template = inForce.templateIndex(templateId);
        if (template < 0) {
            return DependencyStatus.UNKNOWN_TEMPLATE;
        }
        into.use(inForce, template);
        into.own.has((flags & 0x04) != 0, (flags & 0x02) != 0, (flags & 0x01) != 0);
        readDefinition(inForce, into.own);
        return bits.overrun() ? DependencyStatus.MALFORMED : DependencyStatus.OK;
    }

    private void readActiveDecodeTargets(
            boolean present, DependencyStructure inForce, DependencyDescriptor into) {
        int position = (int) bits.position();
        if (present) {
            into.activeDecodeTargets(true, bits.bits(inForce.decodeTargetCount()), position);
        } else {
            int mask = attached == null ? activeDecodeTargets : attached.allDecodeTargets();
            into.activeDecodeTargets(false, mask, DependencyDescriptor.NO_MASK);
        }
    }

    private void readDefinition(DependencyStructure inForce, FrameDefinition into) {
        for (int i = 0; into.hasIndications() && i < inForce.decodeTargetCount(); i++) {
            into.indications[i] = bits.bits(2);
        }
        if (into.hasFrameDiffs()) {
            into.frameDiffCount(readFrameDiffs(into.frameDiffs));
        }
        for (int i = 0; into.hasChainDiffs() && i < inForce.chainCount(); i++) {
            into.chainDiffs[i] = bits.bits(8);
        }
    }

    /** How many there are; ends behind the last byte too, where each size reads as 0. */
    private int readFrameDiffs(int[] diffs) {
        int count = 0;
        int size = bits.bits(2);
        while (size != 0 && count < diffs.length) {
            diffs[count++] = bits.bits(4 * size) + 1;
            size = bits.bits(2);
        }
        return count;
    }

    private void keep(DependencyDescriptor read) {
        int frame = read.frameNumber();
        structureFrame = follow(structureFrame, frame);
        activeFrame = follow(activeFrame, frame);
        if (attached == null) {
            if (read.hasActiveDecodeTargets() && !isLate(frame, activeFrame)) {
                keepActiveDecodeTargets(read);
            }
        } else if (structure == null || !isLate(frame, structureFrame)) {
            structure = attached;
            structureFrame = frame;
            keepActiveDecodeTargets(read);
        }
    }

    private void keepActiveDecodeTargets(DependencyDescriptor read) {
        activeDecodeTargets = read.activeDecodeTargets();
        activeFrame = read.frameNumber();
    }

    /** Keeps a remembered frame number from growing so old that the numbers wrap around it. */
    private static int follow(int remembered, int frame) {
        return SequenceNumbers.distance(remembered, frame) > MAX_LATE_FRAMES
                ? frame - MAX_LATE_FRAMES & 0xFFFF
                : remembered;
    }

    private static boolean isLate(int frame, int remembered) {
        int behind = SequenceNumbers.distance(frame, remembered);
        return behind > 0 && behind <= MAX_LATE_FRAMES;
    }
}
