package dev.sluice.media.fec;

import dev.sluice.media.rtp.ExtensionElement;
import dev.sluice.media.rtp.HeaderExtension;
import dev.sluice.media.rtp.HeaderExtensionMap;
import dev.sluice.media.rtp.RtpHeaderWriter;
import dev.sluice.media.rtp.RtpPacket;
import dev.sluice.media.rtp.RtpPadding;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;

/** Media packets as a publisher or a viewer's chain has them, and a ring to look them up in. */
final class FecPackets implements MediaPackets, RecoveredPackets {

    static final long SSRC = 0xCAFE_BABEL;
    static final int TYPE = 96;
    static final int RED = 118;
    static final int ULPFEC = 120;

    static final HeaderExtensionMap EXTENSIONS =
            HeaderExtensionMap.of(
                    Map.of(
                            HeaderExtension.MID, 4,
                            HeaderExtension.ABS_SEND_TIME, 2,
                            HeaderExtension.TRANSPORT_WIDE_CC, 3));

    private final Map<Long, ByteBuf> kept = new HashMap<>();
    int recovered;

    static ByteBuf bytes(String hex) {
        return Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(hex.replace(" ", "")));
    }

    static RtpPacket wrap(ByteBuf packet) {
        RtpPacket view = new RtpPacket();
        if (!view.wrap(packet)) {
            throw new AssertionError("not an RTP packet: " + ByteBufUtil.hexDump(packet));
        }
        return view;
    }

    /** A packet with stamped extensions, as it leaves; some have none, some have padding. */
    static ByteBuf media(int sequence, long timestamp, boolean marker, int size, Random random) {
        return media(SSRC, sequence, timestamp, marker, size, random, false);
    }

    static ByteBuf media(
            long ssrc,
            int sequence,
            long timestamp,
            boolean marker,
            int size,
            Random random,
            boolean red) {
        ByteBuf out = Unpooled.buffer();
        RtpHeaderWriter writer = new RtpHeaderWriter();
        writer.begin(out, red ? RED : TYPE, marker, sequence & 0xFFFF, timestamp, ssrc);
        if (random.nextInt(4) == 0) {
            writer.csrc(random.nextInt(1000));
        }
        if (random.nextInt(4) > 0) {
            writer.element(4, new byte[] {'1'});
            writer.element(2, 3, random.nextInt(1 << 24));
            writer.element(3, 2, random.nextInt(1 << 16));
        }
        int padding = red ? 0 : Math.max(0, random.nextInt(20) - 15);
        if (padding > 0) {
            writer.announcePadding();
        }
        writer.end();
        if (red) {
            RedWriter.primaryHead(out, TYPE);
        }
        byte[] payload = new byte[size];
        random.nextBytes(payload);
        out.writeBytes(payload);
        RtpPadding.write(out, padding);
        return out;
    }

    /** The packet as a repair gives it back: what is stamped is zero. */
    static ByteBuf unstamped(ByteBuf packet) {
        ByteBuf copy = Unpooled.copiedBuffer(packet);
        RtpPacket view = wrap(copy);
        ExtensionElement.overwrite(view, 2, 3, 0);
        ExtensionElement.overwrite(view, 3, 2, 0);
        return copy;
    }

    void keep(ByteBuf packet) {
        RtpPacket view = wrap(packet);
        kept.put(key(view.ssrc(), view.sequenceNumber()), Unpooled.copiedBuffer(packet));
    }

    @Override
    public @Nullable ByteBuf packet(long ssrc, int sequenceNumber) {
        return kept.get(key(ssrc, sequenceNumber));
    }

    @Override
    public void onRecovered(ByteBuf packet) {
        recovered++;
        keep(packet);
    }

    private static long key(long ssrc, int sequence) {
        return (ssrc << 16) | sequence;
    }
}
