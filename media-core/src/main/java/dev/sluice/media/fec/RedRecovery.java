package dev.sluice.media.fec;

import dev.sluice.media.rtp.RtpHeaderWriter;
import dev.sluice.media.rtp.RtpPacket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

import org.jspecify.annotations.Nullable;

/**
 * Fills losses of an audio stream from the redundant blocks of the packets that came (RFC 2198).
 *
 * <p>RED names blocks by their age in ticks, not by sequence numbers. Senders repeat their last
 * packets without leaving any out (libwebrtc's {@code AudioEncoderCopyRed}, {@link RedPacketizer}),
 * so block i from the end is the packet i numbers before. It is taken only where its timestamp fits
 * between those of its neighbours that came.
 */
public final class RedRecovery {

    /** How far back a neighbour is looked for. */
    static final int MAX_NEIGHBOUR_PACKETS = 32;

    private static final int MAX_PACKET_SIZE_BYTES =
            RtpPacket.FIXED_HEADER_SIZE_BYTES + RedPayload.MAX_REDUNDANT_SIZE_BYTES;

    private final ByteBufAllocator allocator;
    private final RedPayload payload = new RedPayload();
    private final RtpHeaderWriter writer = new RtpHeaderWriter();
    private final RtpPacket neighbour = new RtpPacket();
    private @Nullable ByteBuf recovered;

    public RedRecovery(ByteBufAllocator allocator) {
        this.allocator = allocator;
    }

    /**
     * Hands over the missing packets that a packet with RED has in it, oldest first; to be asked
     * before the packet is unwrapped. They have no header extensions, which are not repeated.
     */
    public void recover(RtpPacket red, MediaPackets media, RecoveredPackets out) {
        if (payload.wrap(red.buffer(), red.payloadIndex(), red.payloadSizeBytes())) {
            int redundant = payload.blockCount() - 1;
            for (int block = 0; block < redundant; block++) {
                int sequence = (red.sequenceNumber() - (redundant - block)) & 0xFFFF;
                recover(red, block, sequence, media, out);
            }
        }
        payload.clear();
    }

    private void recover(
            RtpPacket red, int block, int sequence, MediaPackets media, RecoveredPackets out) {
        int timestamp = (int) red.timestamp() - payload.timestampOffset(block);
        boolean isUseful =
                payload.sizeBytes(block) > 0
                        && payload.timestampOffset(block) > 0
                        && media.packet(red.ssrc(), sequence) == null
                        && followsNeighbour(red.ssrc(), sequence, timestamp, media);
        if (isUseful) {
            out.onRecovered(write(red.ssrc(), block, sequence, timestamp));
        }
    }

    /** False before the first packet of the stream, too. */
    private boolean followsNeighbour(long ssrc, int sequence, int timestamp, MediaPackets media) {
        for (int back = 1; back <= MAX_NEIGHBOUR_PACKETS; back++) {
            ByteBuf packet = media.packet(ssrc, (sequence - back) & 0xFFFF);
            if (packet != null) {
                boolean follows =
                        neighbour.wrap(packet) && timestamp - (int) neighbour.timestamp() > 0;
                neighbour.clear();
                return follows;
            }
        }
        return false;
    }

    private ByteBuf write(long ssrc, int block, int sequence, int timestamp) {
        ByteBuf packet = recovered;
        if (packet == null) {
            packet = allocator.directBuffer(MAX_PACKET_SIZE_BYTES);
            recovered = packet;
        }
        packet.clear();
        writer.begin(packet, payload.payloadType(block), false, sequence, timestamp, ssrc);
        writer.end();
        return packet.writeBytes(payload.buffer(), payload.index(block), payload.sizeBytes(block));
    }

    /** Lets go of its buffer. */
    public void release() {
        if (recovered != null) {
            recovered.release();
            recovered = null;
        }
    }
}
