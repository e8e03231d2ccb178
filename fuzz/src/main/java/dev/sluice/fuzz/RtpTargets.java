package dev.sluice.fuzz;

import static dev.sluice.fuzz.FuzzTarget.hold;

import dev.sluice.media.receive.RtxUnwrapper;
import dev.sluice.media.rtp.DatagramKind;
import dev.sluice.media.rtp.ExtensionElement;
import dev.sluice.media.rtp.RtpPacket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import java.util.Map;

/** The RTP packet and what stands in its header extensions. */
final class RtpTargets {

    private RtpTargets() {}

    static Map<String, FuzzTarget> all() {
        return Map.of(
                "rtp-packet", RtpTargets::packet,
                "rtp-rtx", RtpTargets::rtx,
                "datagram-kind", input -> DatagramKind.of(Unpooled.wrappedBuffer(input)));
    }

    private static void packet(byte[] input) {
        RtpPacket packet = new RtpPacket();
        if (!packet.wrap(Unpooled.wrappedBuffer(input))) {
            return;
        }
        int sum = packet.headerSizeBytes() + packet.payloadSizeBytes() + packet.paddingSizeBytes();
        hold(sum == input.length, "the parts add up to the packet");
        for (int i = 0; i < packet.csrcCount(); i++) {
            hold(packet.csrc(i) >>> 32 == 0, "a CSRC has 32 bits");
        }
        for (int id = 0; id <= 255; id++) {
            element(packet, id);
        }
    }

    private static void element(RtpPacket packet, int id) {
        int index = ExtensionElement.index(packet, id);
        if (index >= 0) {
            int end = index + ExtensionElement.sizeBytes(packet, id);
            hold(end <= packet.extensionIndex() + packet.extensionSizeBytes(), "it stays inside");
            ExtensionElement.text(packet, id);
        }
    }

    private static void rtx(byte[] input) {
        ByteBuf copy = Unpooled.buffer().writeBytes(input);
        RtpPacket packet = new RtpPacket();
        if (packet.wrap(copy) && RtxUnwrapper.unwrap(packet, 0x1234, 96)) {
            hold(new RtpPacket().wrap(copy), "what was unwrapped is a packet");
            hold(copy.readableBytes() == input.length - 2, "two bytes shorter");
        }
        copy.release();
    }
}
