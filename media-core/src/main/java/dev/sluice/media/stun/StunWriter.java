package dev.sluice.media.stun;

import io.netty.buffer.ByteBuf;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Appends one STUN message to a buffer, attribute by attribute. MESSAGE-INTEGRITY and FINGERPRINT
 * come last, in this order; the header's length is right after each call.
 */
public final class StunWriter {

    private static final int PADDING = 0;

    private final ByteBuf out;
    private final int start;

    private StunWriter(ByteBuf out) {
        this.out = out;
        this.start = out.writerIndex();
    }

    /** Begins a message at the buffer's writer index; the transaction id has 12 bytes. */
    public static StunWriter begin(
            ByteBuf out, StunClass messageClass, int method, byte[] transactionId) {
        if (transactionId.length != StunMessage.TRANSACTION_ID_SIZE_BYTES) {
            throw new IllegalArgumentException(
                    "A transaction id has 12 bytes, not " + transactionId.length);
        }
        var writer = new StunWriter(out);
        out.writeShort(messageClass.messageType(method));
        out.writeShort(0);
        out.writeInt(StunMessage.MAGIC_COOKIE);
        out.writeBytes(transactionId);
        return writer;
    }

    public StunWriter username(String username) {
        return text(StunAttribute.USERNAME, username);
    }

    public StunWriter text(int attributeType, String text) {
        byte[] value = text.getBytes(StandardCharsets.UTF_8);
        attributeHeader(attributeType, value.length);
        out.writeBytes(value);
        return endAttribute();
    }

    /** 32 bits unsigned. */
    public StunWriter priority(long priority) {
        attributeHeader(StunAttribute.PRIORITY, Integer.BYTES);
        out.writeInt((int) priority);
        return endAttribute();
    }

    public StunWriter useCandidate() {
        attributeHeader(StunAttribute.USE_CANDIDATE, 0);
        return endAttribute();
    }

    public StunWriter iceControlling(long tieBreaker) {
        return tieBreaker(StunAttribute.ICE_CONTROLLING, tieBreaker);
    }

    public StunWriter iceControlled(long tieBreaker) {
        return tieBreaker(StunAttribute.ICE_CONTROLLED, tieBreaker);
    }

    private StunWriter tieBreaker(int attributeType, long tieBreaker) {
        attributeHeader(attributeType, Long.BYTES);
        out.writeLong(tieBreaker);
        return endAttribute();
    }

    /** The address must be resolved. */
    public StunWriter xorMappedAddress(InetSocketAddress address) {
        attributeHeader(StunAttribute.XOR_MAPPED_ADDRESS, XorMappedAddress.sizeBytes(address));
        XorMappedAddress.write(out, address, start + StunMessage.COOKIE_OFFSET);
        return endAttribute();
    }

    public StunWriter errorCode(StunError error) {
        byte[] reason = error.reason().getBytes(StandardCharsets.UTF_8);
        attributeHeader(StunAttribute.ERROR_CODE, 4 + reason.length);
        out.writeShort(0);
        out.writeByte(error.code() / 100);
        out.writeByte(error.code() % 100);
        out.writeBytes(reason);
        return endAttribute();
    }

    public StunWriter unknownAttributes(List<Integer> types) {
        attributeHeader(StunAttribute.UNKNOWN_ATTRIBUTES, types.size() * Short.BYTES);
        types.forEach(out::writeShort);
        return endAttribute();
    }

    public StunWriter messageIntegrity(StunIntegrity integrity) {
        byte[] value = integrity.compute(out, start, out.writerIndex() - start);
        attributeHeader(StunAttribute.MESSAGE_INTEGRITY, value.length);
        out.writeBytes(value);
        return endAttribute();
    }

    /** Ends the message. */
    public void fingerprint() {
        int covered = out.writerIndex() - start;
        attributeHeader(StunAttribute.FINGERPRINT, Integer.BYTES);
        setLength(covered + StunMessage.ATTRIBUTE_HEADER_SIZE_BYTES + Integer.BYTES);
        out.writeInt(StunFingerprint.of(out, start, covered));
    }

    private void attributeHeader(int type, int sizeBytes) {
        out.writeShort(type);
        out.writeShort(sizeBytes);
    }

    private StunWriter endAttribute() {
        while ((out.writerIndex() - start) % 4 != 0) {
            out.writeByte(PADDING);
        }
        setLength(out.writerIndex() - start);
        return this;
    }

    private void setLength(int messageSizeBytes) {
        out.setShort(
                start + StunMessage.LENGTH_OFFSET,
                messageSizeBytes - StunMessage.HEADER_SIZE_BYTES);
    }
}
