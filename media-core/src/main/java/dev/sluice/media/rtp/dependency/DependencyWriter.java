package dev.sluice.media.rtp.dependency;

import dev.sluice.media.bits.BitWriter;
import dev.sluice.media.rtp.ExtensionEditor;
import dev.sluice.media.rtp.RtpPacket;

import io.netty.buffer.ByteBuf;

/** Writes dependency descriptors, whole or in one field. Reusable; allocates nothing. */
public final class DependencyWriter {

    private final BitWriter bits = new BitWriter();

    /** What the descriptor takes on the wire, at least 3 bytes. */
    public int sizeBytes(DependencyDescriptor descriptor) {
        bits.countOnly();
        writeAll(descriptor);
        return bits.sizeBytes();
    }

    /** Appends the descriptor and returns its size in bytes. */
    public int write(DependencyDescriptor descriptor, ByteBuf out) {
        int size = sizeBytes(descriptor);
        out.ensureWritable(size);
        writeAt(descriptor, out, out.writerIndex());
        out.writerIndex(out.writerIndex() + size);
        return size;
    }

    /**
     * Sets or adds the descriptor of a packet, moving the payload where its size changes; false,
     * with nothing changed, where it is too large or the header cannot take it.
     */
    public boolean put(RtpPacket packet, int id, DependencyDescriptor descriptor) {
        int size = sizeBytes(descriptor);
        int at =
                size > DependencyDescriptor.MAX_SIZE_BYTES
                        ? -1
                        : ExtensionEditor.reserve(packet, id, size);
        if (at >= 0) {
            writeAt(descriptor, packet.buffer(), at);
        }
        return at >= 0;
    }

    /**
     * Overwrites the mask of active decode targets where it was read and leaves every other bit as
     * it was; false when the packet has none.
     *
     * @param index of the descriptor that {@code descriptor} was read from
     * @param mask bit i for target i
     */
    public boolean overwriteActiveDecodeTargets(
            ByteBuf buffer, int index, DependencyDescriptor descriptor, int mask) {
        int position = descriptor.maskPosition();
        if (position == DependencyDescriptor.NO_MASK) {
            return false;
        }
        bits.wrap(buffer, index);
        bits.skip(position);
        bits.write(mask, descriptor.structure().decodeTargetCount());
        bits.release();
        return true;
    }

    private void writeAt(DependencyDescriptor descriptor, ByteBuf buffer, int index) {
        bits.wrap(buffer, index);
        writeAll(descriptor);
        bits.pad();
        bits.release();
    }

    private void writeAll(DependencyDescriptor descriptor) {
        bits.writeFlag(descriptor.startOfFrame());
        bits.writeFlag(descriptor.endOfFrame());
        bits.write(descriptor.templateId(), 6);
        bits.write(descriptor.frameNumber(), 16);
        if (descriptor.own.isPresent()
                || descriptor.hasStructure()
                || descriptor.hasActiveDecodeTargets()) {
            writeExtended(descriptor);
        }
    }

    private void writeExtended(DependencyDescriptor descriptor) {
        DependencyStructure structure = descriptor.structure();
        FrameDefinition own = descriptor.own;
        bits.writeFlag(descriptor.hasStructure());
        bits.writeFlag(descriptor.hasActiveDecodeTargets());
        bits.writeFlag(own.hasIndications());
        bits.writeFlag(own.hasFrameDiffs());
        bits.writeFlag(own.hasChainDiffs());
        if (descriptor.hasStructure()) {
            StructureWriter.write(structure, bits);
        }
        if (descriptor.hasActiveDecodeTargets()) {
            bits.write(descriptor.activeDecodeTargets(), structure.decodeTargetCount());
        }
        writeDefinition(own, structure);
    }

    private void writeDefinition(FrameDefinition own, DependencyStructure structure) {
        for (int i = 0; own.hasIndications() && i < structure.decodeTargetCount(); i++) {
            bits.write(own.indications[i], 2);
        }
        if (own.hasFrameDiffs()) {
            writeFrameDiffs(own);
        }
        for (int i = 0; own.hasChainDiffs() && i < structure.chainCount(); i++) {
            bits.write(own.chainDiffs[i], 8);
        }
    }

    private void writeFrameDiffs(FrameDefinition own) {
        for (int i = 0; i < own.frameDiffCount(); i++) {
            int diff = own.frameDiffs[i];
            int size = frameDiffSize(diff);
            bits.write(size, 2);
            bits.write(diff - 1, 4 * size);
        }
        bits.write(0, 2);
    }

    /** In groups of four bits, 1 to 3. */
    static int frameDiffSize(int diff) {
        if (diff <= 1 << 4) {
            return 1;
        }
        return diff <= 1 << 8 ? 2 : 3;
    }
}
