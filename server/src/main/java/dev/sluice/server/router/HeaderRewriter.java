package dev.sluice.server.router;

import dev.sluice.media.rtp.AbsSendTime;
import dev.sluice.media.rtp.HeaderExtension;
import dev.sluice.media.rtp.HeaderExtensionMap;
import dev.sluice.media.rtp.RtpHeaderWriter;
import dev.sluice.media.rtp.RtpPacket;
import dev.sluice.media.rtp.TransportSequence;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

import java.nio.charset.StandardCharsets;

/**
 * Writes a published packet anew for one viewer: his numbers, his extension ids, and room for what
 * is stamped when the packet leaves. This is the only copy per viewer.
 */
final class HeaderRewriter {

    /** Room behind the packet for the SRTP tag, and for extensions that the source did not have. */
    private static final int SPARE_BYTES = 64;

    private final HeaderExtensionMap extensions;
    private final byte[] mid;
    private final ByteBufAllocator allocator;
    private final RtpHeaderWriter writer = new RtpHeaderWriter();
    private boolean receptionConfirmed;

    HeaderRewriter(HeaderExtensionMap extensions, String mid, ByteBufAllocator allocator) {
        this.extensions = extensions;
        this.mid = mid.getBytes(StandardCharsets.US_ASCII);
        this.allocator = allocator;
    }

    /** The viewer reports about the SSRC, so it needs no MID any more (RFC 8843 9.2). */
    void onReceptionConfirmed() {
        receptionConfirmed = true;
    }

    ByteBuf allocate(int sizeBytes) {
        return allocator.directBuffer(sizeBytes + SPARE_BYTES);
    }

    ByteBuf rewrite(
            RtpPacket packet,
            HeaderExtensionMap publisherExtensions,
            int payloadType,
            int sequence,
            long timestamp,
            long ssrc) {
        ByteBuf out = allocate(packet.sizeBytes());
        writer.begin(out, payloadType, packet.marker(), sequence, timestamp, ssrc);
        for (int i = 0; i < packet.csrcCount(); i++) {
            writer.csrc(packet.csrc(i));
        }
        writeStamped();
        copy(packet, publisherExtensions, HeaderExtension.AUDIO_LEVEL);
        copy(packet, publisherExtensions, HeaderExtension.VIDEO_ORIENTATION);
        writer.end();
        out.writeBytes(packet.buffer(), packet.payloadIndex(), packet.payloadSizeBytes());
        return out;
    }

    /**
     * A packet without a payload (RFC 3550 section 5.1), to be stamped as any other.
     *
     * @param paddingBytes 1 to 255
     */
    ByteBuf padding(int payloadType, int sequence, long timestamp, long ssrc, int paddingBytes) {
        ByteBuf out = allocate(RtpPacket.FIXED_HEADER_SIZE_BYTES + paddingBytes);
        writer.begin(out, payloadType, false, sequence, timestamp, ssrc);
        writer.announcePadding();
        writeStamped();
        writer.end();
        RtpPacket.writePadding(out, paddingBytes);
        return out;
    }

    private void writeStamped() {
        int midId = extensions.id(HeaderExtension.MID);
        if (midId != HeaderExtensionMap.ABSENT && !receptionConfirmed) {
            writer.element(midId, mid);
        }
        int sendTimeId = extensions.id(HeaderExtension.ABS_SEND_TIME);
        if (sendTimeId != HeaderExtensionMap.ABSENT) {
            writer.element(sendTimeId, AbsSendTime.SIZE_BYTES, 0);
        }
        int sequenceId = extensions.id(HeaderExtension.TRANSPORT_WIDE_CC);
        if (sequenceId != HeaderExtensionMap.ABSENT) {
            writer.element(sequenceId, TransportSequence.SIZE_BYTES, 0);
        }
    }

    private void copy(
            RtpPacket packet, HeaderExtensionMap publisherExtensions, HeaderExtension extension) {
        int from = publisherExtensions.id(extension);
        int to = extensions.id(extension);
        if (from != HeaderExtensionMap.ABSENT && to != HeaderExtensionMap.ABSENT) {
            int index = packet.extensionElement(from);
            if (index >= 0) {
                writer.element(to, packet.buffer(), index, packet.extensionElementSize(from));
            }
        }
    }
}
