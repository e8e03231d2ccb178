package dev.sluice.media.rtcp;

import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;

/**
 * One block of an {@link ExtendedReport}, RFC 3611 section 3.
 *
 * <pre>
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |      BT       | type-specific |  block length in words - 1    |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   :             type-specific block contents                      :
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 */
public sealed interface XrBlock
        permits ReceiverReferenceTimeBlock, DlrrBlock, StatisticsSummaryBlock, OpaqueXrBlock {

    int HEAD_SIZE_BYTES = 4;

    /** BT, 0 to 255. */
    int blockType();

    /** On the wire, head included; a multiple of 4. */
    int sizeBytes();

    /** Appends the block, head included. */
    void write(ByteBuf out);

    /**
     * Reads the next block, or gives null when it passes the end of the body. A block of a type
     * that is not known, or with a length that is not its type's, stays opaque.
     */
    static @Nullable XrBlock read(ByteBuf body) {
        if (body.readableBytes() < HEAD_SIZE_BYTES) {
            return null;
        }
        int type = body.readUnsignedByte();
        int typeSpecific = body.readUnsignedByte();
        int size = 4 * body.readUnsignedShort();
        if (size > body.readableBytes()) {
            return null;
        }
        ByteBuf content = body.readSlice(size);
        if (type == ReceiverReferenceTimeBlock.TYPE
                && size == ReceiverReferenceTimeBlock.CONTENT_BYTES) {
            return ReceiverReferenceTimeBlock.read(content);
        }
        if (type == DlrrBlock.TYPE && size % DlrrBlock.ENTRY_SIZE_BYTES == 0) {
            return DlrrBlock.read(content);
        }
        if (type == StatisticsSummaryBlock.TYPE && size == StatisticsSummaryBlock.CONTENT_BYTES) {
            return StatisticsSummaryBlock.read(typeSpecific, content);
        }
        return new OpaqueXrBlock(type, typeSpecific, Octets.read(content, size));
    }

    /** Appends the head of a block. */
    static void writeHead(ByteBuf out, int blockType, int typeSpecific, int contentBytes) {
        out.writeByte(blockType);
        out.writeByte(typeSpecific);
        out.writeShort(contentBytes / 4);
    }
}
