package dev.sluice.fuzz;

import static dev.sluice.fuzz.FuzzTarget.hold;

import dev.sluice.media.rtp.AbsSendTime;
import dev.sluice.media.rtp.AbsoluteCaptureTime;
import dev.sluice.media.rtp.AudioLevel;
import dev.sluice.media.rtp.CsrcAudioLevels;
import dev.sluice.media.rtp.Mid;
import dev.sluice.media.rtp.PlayoutDelay;
import dev.sluice.media.rtp.RtpPacket;
import dev.sluice.media.rtp.RtpStreamId;
import dev.sluice.media.rtp.TransportSequence;
import dev.sluice.media.rtp.TransportSequenceV2;
import dev.sluice.media.rtp.VideoLayersAllocation;
import dev.sluice.media.rtp.VideoOrientation;
import dev.sluice.media.rtp.dependency.DependencyDescriptor;
import dev.sluice.media.rtp.dependency.DependencyReader;
import dev.sluice.media.rtp.dependency.DependencyStatus;
import dev.sluice.media.rtp.dependency.DependencyWriter;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import java.util.Map;

/** What stands in the elements of header extensions, and their change in place. */
final class HeaderExtensionTargets {

    private static final int MAX_ELEMENTS = 16;

    private HeaderExtensionTargets() {}

    static Map<String, FuzzTarget> all() {
        return Map.of(
                "rtp-extensions", HeaderExtensionTargets::typed,
                "rtp-extension-edit", HeaderExtensionTargets::edit,
                "dependency-descriptor", HeaderExtensionTargets::dependency);
    }

    private static void typed(byte[] input) {
        RtpPacket packet = new RtpPacket();
        if (!packet.wrap(Unpooled.wrappedBuffer(input))) {
            return;
        }
        for (int id = 1; id < MAX_ELEMENTS; id++) {
            AbsSendTime.read(packet, id);
            AudioLevel.read(packet, id);
            TransportSequence.read(packet, id);
            TransportSequenceV2.read(packet, id);
            TransportSequenceV2.reportedPackets(packet, id);
            VideoOrientation.read(packet, id);
            PlayoutDelay.read(packet, id);
            AbsoluteCaptureTime.isPresent(packet, id);
            CsrcAudioLevels.count(packet, id);
            Mid.read(packet, id);
            RtpStreamId.read(packet, id);
            VideoLayersAllocation.read(packet, id);
        }
    }

    /** The first byte is the id and the second picks the value; a packet follows. */
    private static void edit(byte[] input) {
        if (input.length < 2) {
            return;
        }
        ByteBuf buffer = Unpooled.buffer().writeBytes(input, 2, input.length - 2);
        RtpPacket packet = new RtpPacket();
        int id = Math.max(1, input[0] & 0xFF);
        if (packet.wrap(buffer)) {
            int payloadSizeBytes = packet.payloadSizeBytes();
            String mid = "m".repeat(1 + (input[1] & 0x0F));
            if (Mid.put(packet, id, mid)) {
                RtpPacket again = new RtpPacket();
                hold(again.wrap(buffer), "what was changed is a packet");
                hold(mid.equals(Mid.read(again, id)), "with the new value");
                hold(again.payloadSizeBytes() == payloadSizeBytes, "and the payload it had");
            }
        }
        buffer.release();
    }

    /** Each descriptor has a byte of length before it; a stream of them shares a structure. */
    private static void dependency(byte[] input) {
        ByteBuf all = Unpooled.wrappedBuffer(input);
        DependencyReader reader = new DependencyReader();
        DependencyDescriptor descriptor = new DependencyDescriptor();
        DependencyWriter writer = new DependencyWriter();
        while (all.isReadable()) {
            int sizeBytes = Math.min(all.readUnsignedByte(), all.readableBytes());
            DependencyStatus status = reader.read(all, all.readerIndex(), sizeBytes, descriptor);
            all.skipBytes(sizeBytes);
            if (status == DependencyStatus.OK) {
                ByteBuf out = Unpooled.buffer();
                hold(writer.write(descriptor, out) == out.readableBytes(), "the size that it told");
                out.release();
            }
        }
    }
}
