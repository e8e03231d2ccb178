package dev.sluice.srtp.dtls;

import io.netty.buffer.ByteBuf;

import java.util.BitSet;

/**
 * A handshake message that comes in fragments: of any size, in any order, overlapping, again (RFC
 * 6347 section 4.2.3). The first fragment says what type and length the message has, and of bytes
 * that come twice the first ones stay.
 */
final class MessageAssembly {

    private final int type;
    private final int version;
    private final int sequence;
    private final byte[] body;
    private final BitSet received;
    private int missingBytes;

    /**
     * @param version of the record that brought it
     * @param lengthBytes at most {@link MessageHeader#MAX_MESSAGE_BYTES}, taken at once
     */
    MessageAssembly(int type, int version, int sequence, int lengthBytes) {
        this.type = type;
        this.version = version;
        this.sequence = sequence;
        this.body = new byte[lengthBytes];
        this.received = new BitSet(lengthBytes);
        this.missingBytes = lengthBytes;
    }

    /** Takes the fragment whose header is at {@code index}, if it is one of this message. */
    void add(ByteBuf datagram, int index) {
        if (MessageHeader.type(datagram, index) != type
                || MessageHeader.length(datagram, index) != body.length) {
            return;
        }
        int offset = MessageHeader.fragmentOffset(datagram, index);
        int end = offset + MessageHeader.fragmentLength(datagram, index);
        int from = index + MessageHeader.SIZE_BYTES - offset;
        for (int i = received.nextClearBit(offset); i < end; i = received.nextClearBit(i + 1)) {
            body[i] = datagram.getByte(from + i);
            received.set(i);
            missingBytes--;
        }
    }

    boolean isComplete() {
        return missingBytes == 0;
    }

    int type() {
        return type;
    }

    int sequence() {
        return sequence;
    }

    int lengthBytes() {
        return body.length;
    }

    /** Appends a plain record with the message from {@code offset} on, or as much as fits. */
    int writeRecord(ByteBuf to, int offset, int maxFragmentBytes) {
        int size = Math.min(body.length - offset, maxFragmentBytes);
        RecordHeader.write(to, RecordHeader.HANDSHAKE, version, MessageHeader.SIZE_BYTES + size);
        MessageHeader.write(to, type, body.length, sequence, offset, size);
        to.writeBytes(body, offset, size);
        return offset + size;
    }
}
