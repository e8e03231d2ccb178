package dev.sluice.media.rtcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

class RtcpPropertiesTest {

    private static final int[] TYPES = {199, 200, 201, 202, 203, 204, 205, 206, 207, 208};

    @Property
    void compoundPacketsSurviveTheWayThereAndBack(
            @ForAll @Size(max = 8) List<@From("packets") WritableRtcp> packets) {
        ByteBuf out = Unpooled.buffer().writeZero(5).readerIndex(5);
        var writer = new RtcpWriter(out, Integer.MAX_VALUE);
        int size = 0;
        for (WritableRtcp packet : packets) {
            assertThat(writer.append(packet)).isTrue();
            size += packet.sizeBytes();
        }
        assertThat(writer.sizeBytes()).isEqualTo(size).isEqualTo(out.readableBytes());

        var read = new ArrayList<RtcpPacket>();
        var status = RtcpReader.read(out, read::add);
        assertThat(status).isEqualTo(packets.isEmpty() ? RtcpStatus.MALFORMED : RtcpStatus.OK);
        assertThat(read).isEqualTo(packets);
        assertThat(out.readerIndex()).isEqualTo(5);
    }

    @Property(tries = 5000)
    void arbitraryBytesNeverThrow(
            @ForAll @Size(max = 120) byte[] bytes,
            @ForAll byte typeSeed,
            @ForAll boolean framed,
            @ForAll boolean padded) {
        if (framed && bytes.length >= 4) {
            bytes[0] = (byte) (0x80 | (padded ? 0x20 : 0) | (bytes[0] & 0x1F));
            bytes[1] = (byte) TYPES[Math.floorMod(typeSeed, TYPES.length)];
            bytes[2] = 0;
            bytes[3] = (byte) (bytes.length / 4 - 1);
        }
        ByteBuf datagram = Unpooled.wrappedBuffer(bytes);
        assertThat(RtcpReader.read(datagram, packet -> assertThat(packet).isNotNull())).isNotNull();
        assertThat(datagram.readableBytes()).isEqualTo(bytes.length);
    }

    @Property(tries = 3000)
    void damagedPacketsNeverThrow(
            @ForAll("packets") WritableRtcp packet,
            @ForAll int position,
            @ForAll byte value,
            @ForAll int cut) {
        ByteBuf out = Unpooled.buffer();
        packet.write(out);
        out.setByte(Math.floorMod(position, out.readableBytes()), value);
        out.writerIndex(out.writerIndex() - Math.floorMod(cut, 8) % out.readableBytes());
        assertThat(RtcpReader.read(out, read -> assertThat(read).isNotNull())).isNotNull();
    }

    @Property
    void aChunkNeverCoversFewerThanSevenPacketsButAtTheEnd(
            @ForAll("transportFeedback") TransportFeedback feedback) {
        var chunks = new StatusChunkWriter(feedback.arrivals(), feedback.statusCount());
        int count = 0;
        while (chunks.hasNext()) {
            chunks.nextChunk();
            count++;
        }
        assertThat(count).isLessThanOrEqualTo((feedback.statusCount() + 6) / 7);
    }

    @Property(tries = 2000)
    void whatIsReadCanBeWrittenAndReadAgain(
            @ForAll("packets") WritableRtcp packet,
            @ForAll @Size(max = 4) List<Integer> positions,
            @ForAll byte value) {
        ByteBuf out = Unpooled.buffer();
        packet.write(out);
        positions.forEach(
                position -> out.setByte(Math.floorMod(position, out.readableBytes()), value));
        RtcpReader.read(out, RtcpPropertiesTest::assertSurvives);
    }

    private static void assertSurvives(RtcpPacket packet) {
        if (packet instanceof WritableRtcp writable) {
            ByteBuf again = Unpooled.buffer();
            writable.write(again);
            assertThat(again.readableBytes()).isEqualTo(writable.sizeBytes());
            var read = new ArrayList<RtcpPacket>();
            RtcpReader.read(again, read::add);
            assertThat(read).containsExactly(packet);
        }
    }

    @Property(tries = 3000)
    void nothingBehindTheDatagramIsRead(
            @ForAll("packets") WritableRtcp packet,
            @ForAll int position,
            @ForAll byte value,
            @ForAll byte behind) {
        ByteBuf out = Unpooled.buffer();
        packet.write(out);
        out.setByte(Math.floorMod(position, out.readableBytes()), value);
        byte[] bytes = ByteBufUtil.getBytes(out);
        ByteBuf followed = Unpooled.buffer().writeBytes(bytes).writeBytes(filled(2000, behind));
        followed.writerIndex(bytes.length);

        var alone = new ArrayList<RtcpPacket>();
        var amid = new ArrayList<RtcpPacket>();
        assertThat(RtcpReader.read(followed, amid::add))
                .isEqualTo(RtcpReader.read(Unpooled.wrappedBuffer(bytes), alone::add));
        assertThat(amid).isEqualTo(alone);
        assertThat(CompoundRules.check(followed))
                .isEqualTo(CompoundRules.check(Unpooled.wrappedBuffer(bytes)));
    }

    @Property(tries = 2000)
    void damagedCompoundsNeverThrow(
            @ForAll @Size(min = 2, max = 5) List<@From("packets") WritableRtcp> packets,
            @ForAll @Size(max = 20) List<Integer> positions,
            @ForAll int seed,
            @ForAll int cut) {
        ByteBuf out = Unpooled.buffer();
        packets.forEach(packet -> packet.write(out));
        var random = new Random(seed);
        positions.forEach(
                at -> out.setByte(Math.floorMod(at, out.readableBytes()), random.nextInt()));
        out.writerIndex(out.writerIndex() - Math.floorMod(cut, out.readableBytes()));
        int size = out.readableBytes();
        var read = new ArrayList<RtcpPacket>();
        RtcpStatus status = RtcpReader.read(out, read::add);
        assertThat(out.readableBytes()).isEqualTo(size);
        assertThat(read).hasSizeLessThanOrEqualTo(size / RtcpHeader.SIZE_BYTES);
        if (status == RtcpStatus.OK) {
            assertThat(CompoundRules.check(out)).isNotEqualTo(CompoundStatus.BROKEN);
        }
    }

    private static byte[] filled(int size, byte value) {
        byte[] bytes = new byte[size];
        Arrays.fill(bytes, value);
        return bytes;
    }

    @Provide
    Arbitrary<WritableRtcp> packets() {
        return RtcpArbitraries.packets();
    }

    @Provide
    Arbitrary<TransportFeedback> transportFeedback() {
        return RtcpArbitraries.transportFeedback();
    }
}
