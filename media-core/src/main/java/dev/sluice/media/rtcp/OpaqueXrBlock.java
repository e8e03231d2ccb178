package dev.sluice.media.rtcp;

import io.netty.buffer.ByteBuf;

/**
 * A block whose content is kept as it is: loss and duplicate RLE, packet receipt times and VoIP
 * metrics (RFC 3611 sections 4.1 to 4.3 and 4.7), and types that are not known.
 *
 * @param blockType 0 to 255
 * @param typeSpecific the byte behind it, 0 to 255
 * @param content whole words of 32 bits
 */
public record OpaqueXrBlock(int blockType, int typeSpecific, Octets content) implements XrBlock {

    public static final int LOSS_RLE = 1;
    public static final int DUPLICATE_RLE = 2;
    public static final int PACKET_RECEIPT_TIMES = 3;
    public static final int VOIP_METRICS = 7;

    public OpaqueXrBlock {
        content.requireWholeWords("XR block");
    }

    @Override
    public int sizeBytes() {
        return HEAD_SIZE_BYTES + content.sizeBytes();
    }

    @Override
    public void write(ByteBuf out) {
        XrBlock.writeHead(out, blockType, typeSpecific, content.sizeBytes());
        content.write(out);
    }
}
