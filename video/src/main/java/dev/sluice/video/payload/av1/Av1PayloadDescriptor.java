package dev.sluice.video.payload.av1;

import io.netty.buffer.ByteBuf;

/**
 * A flyweight over the aggregation header of an AV1 payload, "RTP Payload Format For AV1" section
 * 4.4.
 *
 * <pre>
 *  0 1 2 3 4 5 6 7
 * +-+-+-+-+-+-+-+-+
 * |Z|Y| W |N|-|-|-|
 * +-+-+-+-+-+-+-+-+
 * </pre>
 *
 * The size of the picture is in the sequence header OBU, see {@link Av1SequenceHeader}.
 */
public final class Av1PayloadDescriptor {

    private static final int CONTINUES_OBU = 0x80;
    private static final int OBU_CONTINUED = 0x40;
    private static final int NEW_SEQUENCE = 0x08;
    static final int HEADER_BYTES = 1;

    private int header;
    private int obuIndex;

    /**
     * Reads the aggregation header of an RTP payload of {@code lengthBytes} bytes at the absolute
     * {@code index}.
     *
     * @return false if nothing follows the header, or if it contradicts itself (N with Z)
     */
    public boolean wrap(ByteBuf payload, int index, int lengthBytes) {
        if (lengthBytes <= HEADER_BYTES) {
            return false;
        }
        header = payload.getByte(index);
        obuIndex = index + HEADER_BYTES;
        return !(startsCodedVideoSequence() && continuesObu());
    }

    /** The aggregation header of those bits. */
    static int header(
            boolean continuesObu,
            boolean obuContinued,
            int obuElements,
            boolean startsCodedVideoSequence) {
        return (continuesObu ? CONTINUES_OBU : 0)
                | (obuContinued ? OBU_CONTINUED : 0)
                | obuElements << 4
                | (startsCodedVideoSequence ? NEW_SEQUENCE : 0);
    }

    /** Whether the first OBU element continues one from the packet before (Z). */
    public boolean continuesObu() {
        return (header & CONTINUES_OBU) != 0;
    }

    /** Whether the last OBU element continues in the next packet (Y). */
    public boolean obuContinued() {
        return (header & OBU_CONTINUED) != 0;
    }

    /** The number of OBU elements (W), 1 to 3; 0 means that each element carries its length. */
    public int obuElements() {
        return header >> 4 & 0x03;
    }

    /** Whether the packet is the first of a coded video sequence (N), which a key frame opens. */
    public boolean startsCodedVideoSequence() {
        return (header & NEW_SEQUENCE) != 0;
    }

    /** Whether the payload is the first of a key frame. */
    public boolean startsKeyFrame() {
        return startsCodedVideoSequence();
    }

    /** The absolute buffer index of the first OBU element. */
    public int obuIndex() {
        return obuIndex;
    }
}
