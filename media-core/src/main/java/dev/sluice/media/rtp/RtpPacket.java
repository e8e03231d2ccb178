package dev.sluice.media.rtp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * A reusable view of the RTP packet in the readable bytes of a borrowed buffer, RFC 3550 section 5.
 *
 * <pre>
 *   +--------------+-------+------------------+---------+---------+
 *   | fixed header | CSRCs | header extension | payload | padding |
 *   +--------------+-------+------------------+---------+---------+
 * </pre>
 *
 * <p>Nothing is copied or allocated. The packet ends at the buffer's writer index, which is read
 * anew by each size: after decryption in place has moved it, {@link #readPadding()} completes what
 * {@link #wrapHeader} began. Before a successful wrap the other methods throw {@link
 * IndexOutOfBoundsException} or give values of no meaning.
 */
public final class RtpPacket {

    /** Of the header without CSRCs and extension. */
    public static final int FIXED_HEADER_SIZE_BYTES = RtpHeader.CSRC_OFFSET;

    /** The CC field has four bits. */
    public static final int MAX_CSRCS = 15;

    private ByteBuf buffer = Unpooled.EMPTY_BUFFER;
    private int start;
    private int headerSizeBytes;
    private int extensionIndex;
    private int extensionSizeBytes;
    private int paddingSizeBytes;

    /**
     * Looks at a packet whose payload may still be encrypted: true when fixed header, CSRCs and
     * extension fit. Padding counts as payload until {@link #readPadding()}. After false the view
     * is empty.
     */
    public boolean wrapHeader(ByteBuf packet) {
        clear();
        int size = packet.readableBytes();
        int index = packet.readerIndex();
        if (size < FIXED_HEADER_SIZE_BYTES || !RtpHeader.hasVersion(packet.getByte(index))) {
            return false;
        }
        int first = packet.getByte(index);
        int header = RtpHeader.sizeBytes(first);
        if ((first & RtpHeader.EXTENSION_BIT) != 0) {
            header = endOfExtension(packet, index, header, size);
        }
        if (header > size) {
            clear();
            return false;
        }
        buffer = packet;
        start = index;
        headerSizeBytes = header;
        return true;
    }

    /**
     * The offset behind the extension, or one beyond the packet when not even the extension's head
     * is there.
     */
    private int endOfExtension(ByteBuf packet, int index, int offset, int size) {
        int elements = offset + ExtensionBlock.HEAD_SIZE_BYTES;
        if (elements > size) {
            return elements;
        }
        extensionIndex = index + elements;
        extensionSizeBytes = ExtensionBlock.elementsSizeBytes(packet, index + offset);
        return elements + extensionSizeBytes;
    }

    /**
     * Looks at a packet in the clear: true when header and padding are well-formed. After false the
     * view is empty.
     */
    public boolean wrap(ByteBuf packet) {
        return wrapHeader(packet) && readPadding();
    }

    /**
     * Reads the padding of a packet whose payload is now in the clear: true when there is none or
     * when its count is at least 1 and within the payload. After false the view is empty.
     */
    public boolean readPadding() {
        int available = sizeBytes() - headerSizeBytes;
        int padding = available >= 0 && hasPadding() ? RtpPadding.sizeBytes(buffer, available) : 0;
        if (available < 0 || padding < 0) {
            clear();
            return false;
        }
        paddingSizeBytes = padding;
        return true;
    }

    /** Lets go of the buffer. */
    public void clear() {
        buffer = Unpooled.EMPTY_BUFFER;
        start = 0;
        headerSizeBytes = 0;
        extensionIndex = 0;
        extensionSizeBytes = 0;
        paddingSizeBytes = 0;
    }

    /** The borrowed buffer, valid as long as its owner keeps it. */
    public ByteBuf buffer() {
        return buffer;
    }

    /** 0 to 127. */
    public int payloadType() {
        return buffer.getByte(start + RtpHeader.TYPE_OFFSET) & RtpHeader.TYPE_MASK;
    }

    public boolean marker() {
        return (buffer.getByte(start + RtpHeader.TYPE_OFFSET) & RtpHeader.MARKER_BIT) != 0;
    }

    /** The P bit, whether or not the padding has been read. */
    public boolean hasPadding() {
        return (buffer.getByte(start) & RtpHeader.PADDING_BIT) != 0;
    }

    /** 0 to 65535. */
    public int sequenceNumber() {
        return buffer.getUnsignedShort(start + RtpHeader.SEQUENCE_OFFSET);
    }

    /** In ticks of the codec's clock, unsigned 32 bits. */
    public long timestamp() {
        return buffer.getUnsignedInt(start + RtpHeader.TIMESTAMP_OFFSET);
    }

    /** Unsigned 32 bits. */
    public long ssrc() {
        return buffer.getUnsignedInt(start + RtpHeader.SSRC_OFFSET);
    }

    /** 0 to 15. */
    public int csrcCount() {
        return RtpHeader.csrcCount(buffer.getByte(start));
    }

    /**
     * The contributing source at {@code position} from 0 to {@link #csrcCount()} - 1, unsigned 32
     * bits.
     */
    public long csrc(int position) {
        if (position < 0 || position >= csrcCount()) {
            throw new IndexOutOfBoundsException("CSRC " + position + " of " + csrcCount());
        }
        return buffer.getUnsignedInt(start + RtpHeader.CSRC_OFFSET + 4 * position);
    }

    /** Fixed header, CSRCs and header extension. */
    public int headerSizeBytes() {
        return headerSizeBytes;
    }

    /** The payload's absolute index in {@link #buffer()}. */
    public int payloadIndex() {
        return start + headerSizeBytes;
    }

    /** Without padding, once that is read. */
    public int payloadSizeBytes() {
        return sizeBytes() - headerSizeBytes - paddingSizeBytes;
    }

    /** With the count byte; 0 before {@link #readPadding()}. */
    public int paddingSizeBytes() {
        return paddingSizeBytes;
    }

    /** The whole packet. */
    public int sizeBytes() {
        return buffer.writerIndex() - start;
    }

    public void payloadType(int payloadType) {
        int marker = buffer.getByte(start + RtpHeader.TYPE_OFFSET) & RtpHeader.MARKER_BIT;
        buffer.setByte(start + RtpHeader.TYPE_OFFSET, marker | (payloadType & RtpHeader.TYPE_MASK));
    }

    public void sequenceNumber(int sequenceNumber) {
        buffer.setShort(start + RtpHeader.SEQUENCE_OFFSET, sequenceNumber);
    }

    public void timestamp(long timestamp) {
        buffer.setInt(start + RtpHeader.TIMESTAMP_OFFSET, (int) timestamp);
    }

    public void ssrc(long ssrc) {
        buffer.setInt(start + RtpHeader.SSRC_OFFSET, (int) ssrc);
    }

    /** The X bit. */
    public boolean hasExtension() {
        return extensionIndex != 0;
    }

    /** The 16 bits "defined by profile"; only with {@link #hasExtension()}. */
    public int extensionProfile() {
        return hasExtension()
                ? buffer.getUnsignedShort(extensionIndex - ExtensionBlock.HEAD_SIZE_BYTES)
                : 0;
    }

    /** The absolute index of the first extension element. */
    public int extensionIndex() {
        return extensionIndex;
    }

    /** Of the extension elements and their padding, without the 4-byte head. */
    public int extensionSizeBytes() {
        return extensionSizeBytes;
    }

    /** Moves the payload by so many bytes, for which the buffer can grow, and the end with it. */
    void movePayload(int byBytes) {
        int from = payloadIndex();
        int count = sizeBytes() - headerSizeBytes;
        buffer.ensureWritable(Math.max(0, byBytes));
        ByteShift.move(buffer, from, from + byBytes, count);
        buffer.writerIndex(buffer.writerIndex() + byBytes);
        headerSizeBytes += byBytes;
    }

    /** Sets or clears the P bit. */
    void hasPadding(boolean hasPadding) {
        RtpHeader.flag(buffer, start, RtpHeader.PADDING_BIT, hasPadding);
    }

    /** Where the extension's elements are from now on; both 0 for no extension. */
    void extension(int index, int sizeBytes) {
        extensionIndex = index;
        extensionSizeBytes = sizeBytes;
        RtpHeader.flag(buffer, start, RtpHeader.EXTENSION_BIT, index != 0);
    }

    @Override
    public String toString() {
        if (sizeBytes() < FIXED_HEADER_SIZE_BYTES) {
            return "RtpPacket[]";
        }
        return "RtpPacket[pt=%d seq=%d ts=%d ssrc=%d m=%b size=%d]"
                .formatted(
                        payloadType(),
                        sequenceNumber(),
                        timestamp(),
                        ssrc(),
                        marker(),
                        sizeBytes());
    }
}
