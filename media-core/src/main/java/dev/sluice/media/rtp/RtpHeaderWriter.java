package dev.sluice.media.rtp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * Appends an RTP header to a buffer: {@link #begin}, then CSRCs, then extension elements one by
 * one, then {@link #end}.
 *
 * <p>The extension block is written in the one-byte form for as long as each id is at most 14 and
 * each size 1 to 16 bytes, and turned into the two-byte form by the first element that is not so.
 * Reusable; allocates nothing itself.
 */
public final class RtpHeaderWriter {

    private static final int NO_BLOCK = -1;

    private ByteBuf out = Unpooled.EMPTY_BUFFER;
    private int start;
    private int blockIndex = NO_BLOCK;
    private boolean twoByteForm;
    private int appBits;

    /** Starts a header at the buffer's writer index, with no padding bit. */
    public void begin(
            ByteBuf buffer,
            int payloadType,
            boolean marker,
            int sequenceNumber,
            long timestamp,
            long ssrc) {
        out = buffer;
        start = buffer.writerIndex();
        blockIndex = NO_BLOCK;
        twoByteForm = false;
        appBits = 0;
        RtpHeader.write(buffer, payloadType, marker, sequenceNumber, timestamp, ssrc);
    }

    /**
     * Sets the padding bit; the caller writes the padding behind the payload with {@link
     * RtpPadding#write}.
     */
    public void announcePadding() {
        RtpHeader.flag(out, start, RtpHeader.PADDING_BIT, true);
    }

    /**
     * Adds a contributing source.
     *
     * @throws IllegalStateException after the first extension element, or for a sixteenth source
     */
    public void csrc(long csrc) {
        int first = out.getByte(start);
        if (blockIndex != NO_BLOCK || RtpHeader.csrcCount(first) == RtpPacket.MAX_CSRCS) {
            throw new IllegalStateException(
                    "A CSRC after an extension element, or more than 15 of them");
        }
        out.setByte(start, first + 1);
        out.writeInt((int) csrc);
    }

    /**
     * Writes the extension block in the two-byte form from its start, whatever its elements need.
     *
     * @param appBits 0 to 15, the bits that the form leaves to the application
     * @throws IllegalStateException after the first element
     */
    public void twoByteForm(int appBits) {
        if (blockIndex != NO_BLOCK || (appBits & ~ExtensionForm.APP_BITS_MASK) != 0) {
            throw new IllegalStateException(
                    "The two-byte form after an element, or application bits %d, not 0 to 15"
                            .formatted(appBits));
        }
        twoByteForm = true;
        this.appBits = appBits;
    }

    /** Adds an element with data copied from another buffer, 0 to 255 bytes. */
    public void element(int id, ByteBuf source, int index, int sizeBytes) {
        head(id, sizeBytes);
        out.writeBytes(source, index, sizeBytes);
    }

    /** Adds an element with the given bytes (MID and RID as ASCII text), 0 to 255 of them. */
    public void element(int id, byte[] data) {
        head(id, data.length);
        out.writeBytes(data);
    }

    /** Adds an element that is an unsigned number of 1 to 3 bytes. */
    public void element(int id, int sizeBytes, int value) {
        head(id, sizeBytes);
        switch (sizeBytes) {
            case 1 -> out.writeByte(value);
            case 2 -> out.writeShort(value);
            case 3 -> out.writeMedium(value);
            default ->
                    throw new IllegalArgumentException(
                            "sizeBytes is " + sizeBytes + ", not 1 to 3");
        }
    }

    /** Completes the extension block, if any, and returns the size of the whole header in bytes. */
    public int end() {
        if (blockIndex != NO_BLOCK) {
            int elements = blockIndex + ExtensionBlock.HEAD_SIZE_BYTES;
            int padding = -(out.writerIndex() - elements) & 3;
            out.writeZero(padding);
            int profile =
                    twoByteForm
                            ? ExtensionForm.TWO_BYTE_PROFILE | appBits
                            : ExtensionForm.ONE_BYTE_PROFILE;
            ExtensionBlock.setHead(out, blockIndex, profile, out.writerIndex() - elements);
        }
        int sizeBytes = out.writerIndex() - start;
        out = Unpooled.EMPTY_BUFFER;
        return sizeBytes;
    }

    private void head(int id, int sizeBytes) {
        ExtensionForm.requireAny(id, sizeBytes);
        beginBlock();
        if (!twoByteForm && !ExtensionForm.ONE_BYTE.fits(id, sizeBytes)) {
            widenHeads();
        }
        if (twoByteForm) {
            out.writeByte(id);
            out.writeByte(sizeBytes);
        } else {
            out.writeByte((id << 4) | (sizeBytes - 1));
        }
    }

    private void beginBlock() {
        if (blockIndex == NO_BLOCK) {
            blockIndex = out.writerIndex();
            RtpHeader.flag(out, start, RtpHeader.EXTENSION_BIT, true);
            out.writeInt(0);
        }
    }

    /** Gives each element written so far a two-byte head, moving what follows it by one byte. */
    private void widenHeads() {
        twoByteForm = true;
        int at = blockIndex + ExtensionBlock.HEAD_SIZE_BYTES;
        while (at < out.writerIndex()) {
            int head = out.getUnsignedByte(at);
            int sizeBytes = (head & 0x0F) + 1;
            moveRightByOne(at + 1);
            out.setByte(at, head >>> 4);
            out.setByte(at + 1, sizeBytes);
            at += 2 + sizeBytes;
        }
    }

    private void moveRightByOne(int from) {
        int end = out.writerIndex();
        out.writeByte(0);
        for (int i = end; i > from; i--) {
            out.setByte(i, out.getByte(i - 1));
        }
    }
}
