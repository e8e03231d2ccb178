package dev.sluice.server.router;

import dev.sluice.media.rtp.AbsSendTime;
import dev.sluice.media.rtp.ExtensionElement;
import dev.sluice.media.rtp.HeaderExtension;
import dev.sluice.media.rtp.HeaderExtensionMap;
import dev.sluice.media.rtp.RtpHeaderWriter;
import dev.sluice.media.rtp.RtpPacket;
import dev.sluice.media.rtp.RtpPadding;
import dev.sluice.media.rtp.TransportSequence;
import dev.sluice.media.rtp.dependency.DependencyDescriptor;
import dev.sluice.server.session.PacketLayout;
import dev.sluice.video.layer.PacketLayers;
import dev.sluice.video.rewrite.DescriptorRewriter;
import dev.sluice.video.rewrite.PacketNumbers;
import dev.sluice.video.rewrite.PayloadRewriter;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;

import org.jspecify.annotations.Nullable;

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
    private final PayloadRewriter payloads = new PayloadRewriter();
    private final DescriptorRewriter descriptors = new DescriptorRewriter();
    private final ByteBuf scratch = Unpooled.buffer(DependencyDescriptor.MAX_SIZE_BYTES);
    private final PacketLayout unknown;
    private boolean receptionConfirmed;
    private @Nullable HeaderTemplate template;
    private PacketLayout layout;

    HeaderRewriter(HeaderExtensionMap extensions, String mid, ByteBufAllocator allocator) {
        this.extensions = extensions;
        this.mid = mid.getBytes(StandardCharsets.US_ASCII);
        this.allocator = allocator;
        this.unknown = PacketLayout.unknown(extensions);
        this.layout = unknown;
    }

    /** The viewer reports about the SSRC, so it needs no MID any more (RFC 8843 9.2). */
    void onReceptionConfirmed() {
        if (!receptionConfirmed) {
            receptionConfirmed = true;
            template = null;
        }
    }

    /** Of packets that are not written by {@link #rewrite}. */
    PacketLayout unknownLayout() {
        return unknown;
    }

    ByteBuf allocate(int sizeBytes) {
        return allocator.directBuffer(sizeBytes + SPARE_BYTES);
    }

    /** Where the last packet that was written has its stamps. */
    PacketLayout layout() {
        return layout;
    }

    /** Writes a packet with the viewer's numbers. */
    ByteBuf rewrite(MediaPacket media, PacketNumbers numbers, int payloadType, long ssrc) {
        RtpPacket packet = media.packet();
        int added = numbers.attachesStructure() ? DependencyDescriptor.MAX_SIZE_BYTES : 0;
        ByteBuf out = allocate(packet.sizeBytes() + added);
        if (media.isPlain()) {
            HeaderTemplate known = template(payloadType, ssrc);
            known.write(out, numbers.marker(), numbers.sequence(), numbers.timestamp());
            layout = known.layout();
        } else {
            writeHeader(out, media, numbers, payloadType, ssrc);
            layout = unknown;
        }
        payloads.copy(
                media.layers().codec(),
                packet.buffer(),
                packet.payloadIndex(),
                packet.payloadSizeBytes(),
                numbers,
                out);
        return out;
    }

    private void writeHeader(
            ByteBuf out, MediaPacket media, PacketNumbers numbers, int payloadType, long ssrc) {
        RtpPacket packet = media.packet();
        HeaderExtensionMap published = media.extensions();
        writer.begin(
                out, payloadType, numbers.marker(), numbers.sequence(), numbers.timestamp(), ssrc);
        for (int i = 0; i < packet.csrcCount(); i++) {
            writer.csrc(packet.csrc(i));
        }
        writeStamped();
        copy(packet, published, HeaderExtension.AUDIO_LEVEL);
        copy(packet, published, HeaderExtension.VIDEO_ORIENTATION);
        copyDescriptor(packet, published, media.layers(), numbers);
        writer.end();
    }

    private HeaderTemplate template(int payloadType, long ssrc) {
        HeaderTemplate known = template;
        if (known == null || !known.isOf(payloadType, ssrc)) {
            ByteBuf header = Unpooled.buffer();
            writer.begin(header, payloadType, false, 0, 0, ssrc);
            writeStamped();
            writer.end();
            known = new HeaderTemplate(header, extensions);
            template = known;
        }
        return known;
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
        RtpPadding.write(out, paddingBytes);
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

    /** Of packets that have one that could be read; any other would mislead the viewer. */
    private void copyDescriptor(
            RtpPacket packet,
            HeaderExtensionMap publisherExtensions,
            PacketLayers layers,
            PacketNumbers numbers) {
        int to = extensions.id(HeaderExtension.DEPENDENCY_DESCRIPTOR);
        if (to == HeaderExtensionMap.ABSENT || numbers.frameNumber() == PacketNumbers.ABSENT) {
            return;
        }
        int from = publisherExtensions.id(HeaderExtension.DEPENDENCY_DESCRIPTOR);
        int index = ExtensionElement.index(packet, from);
        if (index >= 0) {
            int size = ExtensionElement.sizeBytes(packet, from);
            scratch.clear();
            descriptors.copy(packet.buffer(), index, size, layers, numbers, scratch);
            writer.element(to, scratch, 0, scratch.readableBytes());
        }
    }

    private void copy(
            RtpPacket packet, HeaderExtensionMap publisherExtensions, HeaderExtension extension) {
        int from = publisherExtensions.id(extension);
        int to = extensions.id(extension);
        if (from != HeaderExtensionMap.ABSENT && to != HeaderExtensionMap.ABSENT) {
            int index = ExtensionElement.index(packet, from);
            if (index >= 0) {
                writer.element(
                        to, packet.buffer(), index, ExtensionElement.sizeBytes(packet, from));
            }
        }
    }
}
