package dev.sluice.video.rewrite;

import dev.sluice.media.rtp.dependency.DependencyDescriptor;
import dev.sluice.media.rtp.dependency.DependencyWriter;
import dev.sluice.video.layer.PacketLayers;

import io.netty.buffer.ByteBuf;

/** Writes dependency descriptors as a viewer is to see them. Reusable; allocates nothing. */
public final class DescriptorRewriter {

    /** Behind S, E and the template id: appendix A.4 of the AV1 RTP specification. */
    private static final int FRAME_NUMBER_INDEX = 1;

    private final DependencyWriter writer = new DependencyWriter();

    /**
     * Appends the descriptor. Where it changes in more than the frame number it is written from
     * {@code packet}, into which the very packet was read; else it is copied.
     *
     * @param source holds the descriptor's {@code sizeBytes} bytes, at least 3, at {@code index}
     */
    public void copy(
            ByteBuf source,
            int index,
            int sizeBytes,
            PacketLayers packet,
            PacketNumbers numbers,
            ByteBuf out) {
        boolean changes = numbers.tellsTargets() || numbers.attachesStructure();
        if (changes && packet.hasDescriptor() && write(packet.descriptor(), numbers, out)) {
            return;
        }
        int start = out.writerIndex();
        out.writeBytes(source, index, sizeBytes);
        out.setShort(start + FRAME_NUMBER_INDEX, numbers.frameNumber());
    }

    private boolean write(DependencyDescriptor descriptor, PacketNumbers numbers, ByteBuf out) {
        descriptor.frameNumber(numbers.frameNumber());
        descriptor.attachStructure(numbers.attachesStructure());
        if (numbers.tellsTargets()) {
            descriptor.activeDecodeTargets(numbers.activeDecodeTargets());
        } else {
            descriptor.omitActiveDecodeTargets();
        }
        if (writer.sizeBytes(descriptor) > DependencyDescriptor.MAX_SIZE_BYTES) {
            return false;
        }
        writer.write(descriptor, out);
        return true;
    }
}
