package dev.sluice.media.fec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.media.rtp.RtpPacket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A stream to one viewer with its repair packets, and what he makes of both. */
final class ProtectedStream implements FecSender.Output {

    private static final long REPAIR_SSRC = 0xFEC;

    final FecFormat format;
    final FecSender sender;
    final FecReceiver receiver;
    final FecPackets ring = new FecPackets();
    final RedUnwrapper red = new RedUnwrapper();
    final List<ByteBuf> media = new ArrayList<>();
    final List<ByteBuf> repairs = new ArrayList<>();
    int sequence;

    ProtectedStream(FecFormat format, int firstSequence) {
        this.format = format;
        sequence = firstSequence;
        sender =
                format == FecFormat.ULPFEC
                        ? FecSender.ulpFec(
                                FecPackets.RED,
                                FecPackets.ULPFEC,
                                FecPackets.SSRC,
                                FecPackets.EXTENSIONS)
                        : FecSender.flexFec(
                                format,
                                49,
                                REPAIR_SSRC,
                                FecPackets.SSRC,
                                65_535,
                                FecPackets.EXTENSIONS);
        receiver = new FecReceiver(FecPackets.EXTENSIONS, UnpooledByteBufAllocator.DEFAULT);
    }

    ByteBuf send(boolean marker, int size, Random random) {
        ByteBuf packet =
                FecPackets.media(
                        FecPackets.SSRC,
                        takeSequenceNumber(),
                        random.nextInt(),
                        marker,
                        size,
                        random,
                        format == FecFormat.ULPFEC);
        media.add(packet);
        sender.onSent(FecPackets.wrap(packet), this);
        return packet;
    }

    @Override
    public ByteBuf allocate(int sizeBytes) {
        return Unpooled.buffer(sizeBytes, sizeBytes);
    }

    @Override
    public int takeSequenceNumber() {
        return sequence++ & 0xFFFF;
    }

    @Override
    public void onRepairPacket(ByteBuf packet) {
        repairs.add(packet);
    }

    /** The media as it is behind RED. */
    ByteBuf plain(ByteBuf packet) {
        ByteBuf copy = Unpooled.copiedBuffer(packet);
        if (format == FecFormat.ULPFEC) {
            assertThat(red.unwrap(FecPackets.wrap(copy))).isTrue();
        }
        return copy;
    }

    void receiveMedia(ByteBuf packet) {
        ByteBuf plain = plain(packet);
        ring.keep(plain);
        RtpPacket view = FecPackets.wrap(plain);
        receiver.onMediaPacket(view.ssrc(), view.sequenceNumber(), false, ring, ring);
    }

    void receiveRepair(ByteBuf packet) {
        RtpPacket view = FecPackets.wrap(plain(packet));
        assertThat(receiver.onRepairPacket(format, view, ring, ring))
                .isNotEqualTo(FecStatus.MALFORMED);
    }

    void assertHas(ByteBuf packet) {
        ByteBuf plain = plain(packet);
        RtpPacket view = FecPackets.wrap(plain);
        ByteBuf kept = ring.packet(view.ssrc(), view.sequenceNumber());
        assertThat(kept).as("%s", view).isNotNull();
        assertThat(ByteBufUtil.hexDump(FecPackets.unstamped(kept)))
                .isEqualTo(ByteBufUtil.hexDump(FecPackets.unstamped(plain)));
    }
}
