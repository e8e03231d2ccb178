package dev.sluice.media.stun;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;

import org.jspecify.annotations.Nullable;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A reusable view of one STUN message (RFC 8489, section 5) in a borrowed buffer.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |0 0|     STUN Message Type     |         Message Length        |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                    Magic Cookie (0x2112A442)                  |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                     Transaction ID (96 bits)                  |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |         Attribute Type        |            Length             |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |              Value, padded to a multiple of 4 bytes        ...
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 *
 * Of an attribute that is repeated the first counts; those behind MESSAGE-INTEGRITY are ignored,
 * save FINGERPRINT (section 14.5).
 */
public final class StunMessage {

    public static final int BINDING = 0x001;
    public static final int HEADER_SIZE_BYTES = 20;
    public static final int TRANSACTION_ID_SIZE_BYTES = 12;

    static final int ATTRIBUTE_HEADER_SIZE_BYTES = 4;
    static final int MAGIC_COOKIE = 0x2112A442;
    static final int LENGTH_OFFSET = 2;
    static final int COOKIE_OFFSET = 4;
    static final int TRANSACTION_ID_OFFSET = 8;

    /** More attributes than any client sends; a message with more is refused. */
    private static final int MAX_ATTRIBUTES = 32;

    private static final int NONE = -1;
    private static final int ERROR_CODE_CLASS_OFFSET = 2;
    private static final int ERROR_CODE_NUMBER_OFFSET = 3;
    private static final int ERROR_CODE_MIN_SIZE_BYTES = 4;

    private final int[] types = new int[MAX_ATTRIBUTES];
    private final int[] valueIndexes = new int[MAX_ATTRIBUTES];
    private final int[] valueSizes = new int[MAX_ATTRIBUTES];
    private int attributeCount;
    private @Nullable ByteBuf wrapped;
    private int start;
    private int messageType;

    /**
     * Takes the buffer's readable bytes as one message. Returns false, and the view is of no use,
     * where they are not exactly one well-formed message or where a FINGERPRINT is wrong.
     */
    public boolean wrap(ByteBuf buffer) {
        wrapped = buffer;
        start = buffer.readerIndex();
        attributeCount = 0;
        return hasHeader() && findAttributes() && isFingerprintRight();
    }

    private boolean hasHeader() {
        ByteBuf buffer = buffer();
        int size = buffer.readableBytes();
        if (size < HEADER_SIZE_BYTES || size % 4 != 0) {
            return false;
        }
        messageType = buffer.getUnsignedShort(start);
        return messageType < 0x4000
                && buffer.getUnsignedShort(start + LENGTH_OFFSET) == size - HEADER_SIZE_BYTES
                && buffer.getInt(start + COOKIE_OFFSET) == MAGIC_COOKIE;
    }

    private boolean findAttributes() {
        ByteBuf buffer = buffer();
        int index = start + HEADER_SIZE_BYTES;
        while (index < buffer.writerIndex()) {
            int size = buffer.getUnsignedShort(index + 2);
            int valueIndex = index + ATTRIBUTE_HEADER_SIZE_BYTES;
            if (size > buffer.writerIndex() - valueIndex || attributeCount == MAX_ATTRIBUTES) {
                return false;
            }
            types[attributeCount] = buffer.getUnsignedShort(index);
            valueIndexes[attributeCount] = valueIndex;
            valueSizes[attributeCount++] = size;
            index = valueIndex + padded(size);
        }
        return true;
    }

    /** FINGERPRINT is the last attribute where it is present (section 14.7). */
    private boolean isFingerprintRight() {
        for (int i = 0; i < attributeCount; i++) {
            if (types[i] == StunAttribute.FINGERPRINT) {
                int covered = valueIndexes[i] - ATTRIBUTE_HEADER_SIZE_BYTES - start;
                return i == attributeCount - 1
                        && valueSizes[i] == Integer.BYTES
                        && buffer().getInt(valueIndexes[i])
                                == StunFingerprint.of(buffer(), start, covered);
            }
        }
        return true;
    }

    /** The number of bytes of the whole message. */
    public int sizeBytes() {
        return HEADER_SIZE_BYTES + buffer().getUnsignedShort(start + LENGTH_OFFSET);
    }

    public StunClass messageClass() {
        return StunClass.ofMessageType(messageType);
    }

    /** 12 bits; ICE knows {@link #BINDING} alone. */
    public int method() {
        return StunClass.methodOfMessageType(messageType);
    }

    public boolean isBindingRequest() {
        return messageClass() == StunClass.REQUEST && method() == BINDING;
    }

    /** A copy of the 12 bytes. */
    public byte[] transactionId() {
        return ByteBufUtil.getBytes(
                buffer(), start + TRANSACTION_ID_OFFSET, TRANSACTION_ID_SIZE_BYTES);
    }

    public boolean has(int attributeType) {
        return find(attributeType) != NONE;
    }

    public boolean hasFingerprint() {
        return attributeCount > 0 && types[attributeCount - 1] == StunAttribute.FINGERPRINT;
    }

    /** The text of USERNAME, or null when it is absent. */
    public @Nullable String username() {
        return text(StunAttribute.USERNAME);
    }

    /** The value of an attribute that holds UTF-8, or null when it is absent. */
    public @Nullable String text(int attributeType) {
        int at = find(attributeType);
        return at == NONE
                ? null
                : buffer().toString(valueIndexes[at], valueSizes[at], StandardCharsets.UTF_8);
    }

    /** PRIORITY, 32 bits unsigned, or -1 when it is absent or of a wrong size. */
    public long priority() {
        int at = find(StunAttribute.PRIORITY);
        return at == NONE || valueSizes[at] != Integer.BYTES
                ? -1
                : buffer().getUnsignedInt(valueIndexes[at]);
    }

    public boolean useCandidate() {
        return has(StunAttribute.USE_CANDIDATE);
    }

    /** The sender says it is the controlled agent (RFC 8445, section 7.1.3). */
    public boolean isFromControlled() {
        return has(StunAttribute.ICE_CONTROLLED);
    }

    /** The tie-breaker in ICE-CONTROLLING or ICE-CONTROLLED; 0 where it is not well-formed. */
    public long tieBreaker(int attributeType) {
        int at = find(attributeType);
        return at == NONE || valueSizes[at] != Long.BYTES ? 0 : buffer().getLong(valueIndexes[at]);
    }

    /** The address of a success response, or null when it is absent or not well-formed. */
    public @Nullable InetSocketAddress xorMappedAddress() {
        int at = find(StunAttribute.XOR_MAPPED_ADDRESS);
        return at == NONE
                ? null
                : XorMappedAddress.read(
                        buffer(), valueIndexes[at], valueSizes[at], start + COOKIE_OFFSET);
    }

    /** The code of an error response, 300..699, or -1 when it is absent or not well-formed. */
    public int errorCode() {
        int at = find(StunAttribute.ERROR_CODE);
        if (at == NONE || valueSizes[at] < ERROR_CODE_MIN_SIZE_BYTES) {
            return -1;
        }
        int hundreds = buffer().getByte(valueIndexes[at] + ERROR_CODE_CLASS_OFFSET) & 7;
        int number = buffer().getUnsignedByte(valueIndexes[at] + ERROR_CODE_NUMBER_OFFSET);
        return hundreds >= 3 && hundreds <= 6 && number < 100 ? hundreds * 100 + number : -1;
    }

    /** The types a receiver must know to answer and that are not known here; mostly empty. */
    public List<Integer> unknownRequiredAttributes() {
        var unknown = new ArrayList<Integer>(0);
        for (int i = 0; i < attributeCount && types[i] != StunAttribute.MESSAGE_INTEGRITY; i++) {
            if (StunAttribute.isUnknownRequired(types[i])) {
                unknown.add(types[i]);
            }
        }
        return unknown;
    }

    /** Whether MESSAGE-INTEGRITY is present and made with this key. */
    public boolean verifyIntegrity(StunIntegrity integrity) {
        int at = find(StunAttribute.MESSAGE_INTEGRITY);
        if (at == NONE || valueSizes[at] != StunIntegrity.SIZE_BYTES) {
            return false;
        }
        int covered = valueIndexes[at] - ATTRIBUTE_HEADER_SIZE_BYTES - start;
        byte[] received =
                ByteBufUtil.getBytes(buffer(), valueIndexes[at], StunIntegrity.SIZE_BYTES);
        return integrity.matches(buffer(), start, covered, received);
    }

    private int find(int attributeType) {
        for (int i = 0; i < attributeCount; i++) {
            if (types[i] == attributeType) {
                return i;
            }
            if (types[i] == StunAttribute.MESSAGE_INTEGRITY) {
                return NONE;
            }
        }
        return NONE;
    }

    private ByteBuf buffer() {
        if (wrapped == null) {
            throw new IllegalStateException("wrap() a buffer first");
        }
        return wrapped;
    }

    static int padded(int sizeBytes) {
        return (sizeBytes + 3) & ~3;
    }
}
