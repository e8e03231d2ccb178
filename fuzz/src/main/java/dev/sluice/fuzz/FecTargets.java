package dev.sluice.fuzz;

import static dev.sluice.fuzz.FuzzTarget.hold;

import dev.sluice.media.fec.FecFormat;
import dev.sluice.media.fec.FecHeader;
import dev.sluice.media.fec.FecReceiver;
import dev.sluice.media.fec.MediaPackets;
import dev.sluice.media.fec.RedRecovery;
import dev.sluice.media.fec.RedUnwrapper;
import dev.sluice.media.rtp.HeaderExtension;
import dev.sluice.media.rtp.HeaderExtensionMap;
import dev.sluice.media.rtp.RtpPacket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;

import java.util.Map;

/** Repair packets, and what is recovered from them. */
final class FecTargets {

    private static final long SSRC = 0x1122_3344L;
    private static final int HEADER_SIZE_BYTES = 12;

    /** More recoveries of one repair packet than there are packets in a mask would be a loop. */
    private static final int MAX_RECOVERED = 128;

    private static final HeaderExtensionMap EXTENSIONS =
            HeaderExtensionMap.of(Map.of(HeaderExtension.TRANSPORT_WIDE_CC, 3));

    private FecTargets() {}

    static Map<String, FuzzTarget> all() {
        return Map.of(
                "fec-header", FecTargets::header,
                "fec-receiver", FecTargets::receiver,
                "red-recovery", FecTargets::red);
    }

    private static FecFormat format(byte[] input) {
        FecFormat[] formats = FecFormat.values();
        return formats[(input[0] & 0xFF) % formats.length];
    }

    /** The first byte chooses the format, the second how many streams are named outside. */
    private static void header(byte[] input) {
        if (input.length < 2) {
            return;
        }
        FecHeader header = new FecHeader();
        ByteBuf payload = Unpooled.wrappedBuffer(input);
        int size = input.length - 2;
        long[] sources = new long[input[1] & 0x0F];
        if (!format(input).read(payload, 2, size, sources, header)) {
            return;
        }
        hold(header.packetCount() > 0 || header.isRetransmission(), "it protects something");
        hold(header.packetCount() <= FecHeader.MAX_PACKETS, "bounded");
        hold(header.dataIndex() >= 2, "the data is behind the header");
        hold(header.dataIndex() + header.dataSizeBytes() <= input.length, "it stays inside");
        for (int i = 0; i < header.packetCount(); i++) {
            hold(header.sequenceNumber(i) >>> 16 == 0, "16 bits");
        }
    }

    /**
     * Repair packets of one format: the second byte says which media packets are missing, then each
     * payload follows a byte with its size.
     */
    private static void receiver(byte[] input) {
        if (input.length < 2) {
            return;
        }
        FecReceiver receiver = new FecReceiver(EXTENSIONS, UnpooledByteBufAllocator.DEFAULT);
        MediaPackets media =
                (_, number) -> (input[1] >> (number & 7) & 1) == 0 ? media(number) : null;
        int[] recovered = {0};
        int at = 2;
        while (at < input.length) {
            int size = Math.min(input[at] & 0xFF, input.length - at - 1);
            recovered[0] = 0;
            receiver.onRepairPacket(
                    format(input),
                    repair(input, at + 1, size),
                    media,
                    packet -> {
                        hold(new RtpPacket().wrap(packet), "what comes out is a packet");
                        hold(++recovered[0] <= MAX_RECOVERED, "it comes to an end");
                    });
            receiver.onMediaPacket(SSRC, at & 0xFFFF, (size & 1) == 0, media, _ -> {});
            at += 1 + size;
        }
        receiver.release();
    }

    private static ByteBuf media(int number) {
        ByteBuf packet = Unpooled.buffer(HEADER_SIZE_BYTES + 4);
        packet.writeShort(0x8060).writeShort(number).writeInt(number).writeInt((int) SSRC);
        return packet.writeInt(number * 0x0101_0101);
    }

    private static RtpPacket repair(byte[] input, int index, int size) {
        ByteBuf packet = Unpooled.buffer(HEADER_SIZE_BYTES + 4 + size);
        packet.writeShort(0x8131).writeShort(1).writeInt(1).writeInt((int) SSRC);
        packet.writeInt((int) SSRC).writeBytes(input, index, size);
        RtpPacket view = new RtpPacket();
        hold(view.wrap(packet), "the packet around it is right");
        return view;
    }

    private static void red(byte[] input) {
        ByteBuf packet = Unpooled.buffer(HEADER_SIZE_BYTES + input.length);
        packet.writeShort(0x803F).writeShort(10).writeInt(10_000).writeInt((int) SSRC);
        packet.writeBytes(input);
        RtpPacket view = new RtpPacket();
        hold(view.wrap(packet), "the packet around it is right");
        RedRecovery recovery = new RedRecovery(UnpooledByteBufAllocator.DEFAULT);
        recovery.recover(
                view,
                (_, number) -> number < 8 ? media(number) : null,
                out -> hold(new RtpPacket().wrap(out), "what comes out is a packet"));
        if (new RedUnwrapper().unwrap(view)) {
            hold(view.sequenceNumber() == 10 && view.ssrc() == SSRC, "its header is the same");
            hold(view.sizeBytes() < HEADER_SIZE_BYTES + input.length, "the heads are gone");
        }
        recovery.release();
    }
}
