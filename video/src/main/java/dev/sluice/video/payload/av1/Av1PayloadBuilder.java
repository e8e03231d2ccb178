package dev.sluice.video.payload.av1;

import dev.sluice.media.bits.Leb128;
import dev.sluice.video.payload.av1.Av1TemporalUnit.Obu;

import io.netty.buffer.ByteBuf;

/**
 * The OBU elements of one payload until it is full, "RTP Payload Format For AV1" sections 4.4 and
 * 4.5. Up to three elements are counted in W, and the last one does without its length; more of
 * them all have one.
 */
final class Av1PayloadBuilder {

    /** The most elements that W counts. */
    private static final int MAX_COUNTED = 3;

    /** A bound on the elements of a payload, so that nothing grows with what an encoder sends. */
    private static final int MAX_ELEMENTS = 64;

    private final int[] indices = new int[MAX_ELEMENTS];
    private final int[] sizesBytes = new int[MAX_ELEMENTS];
    private int elements;
    private int usedBytes;
    private int layer;
    private boolean startsWithFragment;

    Av1PayloadBuilder() {
        clear(false);
    }

    /**
     * Begins the next payload.
     *
     * @param withFragment whether its first element continues one of the payload before (Z)
     */
    void clear(boolean withFragment) {
        elements = 0;
        usedBytes = Av1PayloadDescriptor.HEADER_BYTES;
        layer = Av1TemporalUnit.NO_LAYER;
        startsWithFragment = withFragment;
    }

    /**
     * Whether the unit may stand behind what is there: a sequence header and a unit without a layer
     * stand before those of a layer, and no payload has two layers.
     */
    boolean takes(Obu obu) {
        if (elements == 0) {
            return true;
        }
        boolean behind = obu.type() != Av1ObuType.SEQUENCE_HEADER;
        boolean oneLayer = layer == Av1TemporalUnit.NO_LAYER || layer == obu.layer();
        return elements < MAX_ELEMENTS && behind && oneLayer;
    }

    /** The bytes of an element that still fit; 0 or less if none do. */
    int roomBytes(int maxPayloadSizeBytes) {
        int room = maxPayloadSizeBytes - usedBytes;
        return elements < MAX_COUNTED ? room : room - Leb128.sizeBytes(Math.max(0, room));
    }

    /** Adds an element: a unit of that layer, or a part of it. */
    void add(int index, int sizeBytes, int elementLayer) {
        indices[elements] = index;
        sizesBytes[elements] = sizeBytes;
        elements++;
        usedBytes += Leb128.sizeBytes(sizeBytes) + sizeBytes;
        layer = elementLayer == Av1TemporalUnit.NO_LAYER ? layer : elementLayer;
    }

    /**
     * Writes the payload.
     *
     * @param bytes what the indices of the elements point into
     * @param endsWithFragment whether the last element goes on in the next payload (Y)
     */
    void write(ByteBuf bytes, boolean endsWithFragment, boolean startsSequence, ByteBuf out) {
        int counted = elements <= MAX_COUNTED ? elements : 0;
        out.writeByte(
                Av1PayloadDescriptor.header(
                        startsWithFragment, endsWithFragment, counted, startsSequence));
        for (int i = 0; i < elements; i++) {
            if (i != counted - 1) {
                Leb128.write(out, sizesBytes[i]);
            }
            out.writeBytes(bytes, indices[i], sizesBytes[i]);
        }
    }
}
