package dev.sluice.media.fec;

import dev.sluice.media.rtp.RtpPacket;

import io.netty.buffer.ByteBuf;

/**
 * Wraps a viewer's audio packets into RED with their predecessors (RFC 2198): a lost packet comes
 * once more with the next ones, without a round trip. Each packet keeps its header.
 */
public final class RedAudioSender {

    /** Below what a path carries, with room for header, extensions and SRTP. */
    static final int MAX_PAYLOAD_SIZE_BYTES = 1100;

    private static final int PADDING_BIT = 0x20;
    private static final int MARKER_BIT = 0x80;

    private final int redPayloadType;
    private final RedPacketizer packetizer;

    /**
     * @param redPayloadType as the viewer has it
     * @param payloadType of the audio inside, as the viewer has it
     * @param redundancy how many earlier packets each packet repeats, 1 to {@link
     *     RedPacketizer#MAX_REDUNDANCY}
     */
    public RedAudioSender(int redPayloadType, int payloadType, int redundancy) {
        this.redPayloadType = redPayloadType;
        this.packetizer = new RedPacketizer(payloadType, redundancy, MAX_PAYLOAD_SIZE_BYTES);
    }

    /** How many bytes {@link #write} may append for a packet. */
    public static int maxSizeBytes(RtpPacket packet) {
        int payload = RedPayload.PRIMARY_HEAD_SIZE_BYTES + packet.payloadSizeBytes();
        return packet.headerSizeBytes() + Math.max(MAX_PAYLOAD_SIZE_BYTES, payload);
    }

    /**
     * Appends the packet with its predecessors, without padding, and remembers it for the next.
     *
     * @param packet with the viewer's numbers and extensions, in the order of sending
     */
    public void write(RtpPacket packet, ByteBuf out) {
        ByteBuf from = packet.buffer();
        int start = packet.payloadIndex() - packet.headerSizeBytes();
        int at = out.writerIndex();
        out.writeBytes(from, start, packet.headerSizeBytes());
        out.setByte(at, out.getByte(at) & ~PADDING_BIT);
        out.setByte(at + 1, packet.marker() ? MARKER_BIT | redPayloadType : redPayloadType);
        packetizer.packetize(
                out, packet.timestamp(), from, packet.payloadIndex(), packet.payloadSizeBytes());
    }

    /** Forgets the predecessors, as where the source changes or packets went without RED. */
    public void reset() {
        packetizer.reset();
    }
}
