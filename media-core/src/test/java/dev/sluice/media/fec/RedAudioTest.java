package dev.sluice.media.fec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.media.rtp.ExtensionElement;
import dev.sluice.media.rtp.RtpPacket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Redundant audio, sent and made use of. */
class RedAudioTest {

    private static final int RED = 63;
    private static final int TICKS = 960;

    private final Random random = new Random(3);
    private FecPackets ring = new FecPackets();
    private final RedRecovery recovery = new RedRecovery(UnpooledByteBufAllocator.DEFAULT);
    private final RedUnwrapper unwrapper = new RedUnwrapper();
    private final List<ByteBuf> plain = new ArrayList<>();

    @AfterEach
    void release() {
        recovery.release();
    }

    private ByteBuf send(RedAudioSender sender, int sequence) {
        int size = 20 + random.nextInt(100);
        ByteBuf packet = FecPackets.media(sequence, (long) TICKS * sequence, false, size, random);
        plain.add(packet);
        RtpPacket view = FecPackets.wrap(packet);
        ByteBuf out = Unpooled.buffer();
        sender.write(view, out);
        assertThat(out.readableBytes()).isLessThanOrEqualTo(RedAudioSender.maxSizeBytes(view));
        return out;
    }

    private void receive(ByteBuf red) {
        RtpPacket view = FecPackets.wrap(Unpooled.copiedBuffer(red));
        recovery.recover(view, ring, ring);
        assertThat(unwrapper.unwrap(view)).isTrue();
        ring.keep(view.buffer());
    }

    private static String payload(ByteBuf packet) {
        RtpPacket view = FecPackets.wrap(packet);
        return ByteBufUtil.hexDump(view.buffer(), view.payloadIndex(), view.payloadSizeBytes());
    }

    private void assertHas(int index) {
        RtpPacket sent = FecPackets.wrap(plain.get(index));
        ByteBuf kept = ring.packet(sent.ssrc(), sent.sequenceNumber());
        assertThat(kept).as("packet %d", index).isNotNull();
        assertThat(payload(kept)).isEqualTo(payload(plain.get(index)));
        RtpPacket view = FecPackets.wrap(kept);
        assertThat(view.timestamp()).isEqualTo(sent.timestamp());
        assertThat(view.payloadType()).isEqualTo(FecPackets.TYPE);
    }

    private static RedAudioSender sender(int redundancy) {
        return new RedAudioSender(RED, FecPackets.TYPE, redundancy);
    }

    @Test
    void theHeaderIsThePacketsOwn() {
        RedAudioSender sender = sender(1);
        send(sender, 65_535);
        RtpPacket red = FecPackets.wrap(send(sender, 65_536));
        RtpPacket sent = FecPackets.wrap(plain.get(1));
        assertThat(red.payloadType()).isEqualTo(RED);
        assertThat(red.sequenceNumber()).isZero();
        assertThat(red.timestamp()).isEqualTo(sent.timestamp());
        assertThat(red.headerSizeBytes()).isEqualTo(sent.headerSizeBytes());
        assertThat(ExtensionElement.unsigned(red, 3, 2))
                .isEqualTo(ExtensionElement.unsigned(sent, 3, 2));
        assertThat(red.paddingSizeBytes()).isZero();
    }

    @Property(tries = 200)
    void anyRunOfLossesNoLongerThanTheRedundancyIsFilled(
            @ForAll @IntRange(min = 1, max = 4) int redundancy,
            @ForAll @IntRange(max = 65_535) int first) {
        ring = new FecPackets();
        plain.clear();
        RedAudioSender sender = sender(redundancy);
        int lost = 0;
        for (int i = 0; i < 60; i++) {
            ByteBuf red = send(sender, first + i);
            boolean isLost = i > 0 && i < 59 && lost < redundancy && random.nextBoolean();
            lost = isLost ? lost + 1 : 0;
            if (!isLost) {
                receive(red);
            }
        }
        for (int i = 0; i < 60; i++) {
            assertHas(i);
        }
        recovery.release();
    }

    @Test
    void nothingFromBeforeTheStreamIsMadeUp() {
        RedAudioSender sender = sender(2);
        send(sender, 10);
        send(sender, 11);
        receive(send(sender, 12));
        assertThat(ring.recovered).isZero();
        receive(send(sender, 13));
        assertThat(ring.recovered).isZero();
        send(sender, 14);
        receive(send(sender, 15));
        assertThat(ring.recovered).isEqualTo(1);
        assertHas(4);
    }

    @Test
    void aBlockWhoseTimestampDoesNotFitIsLeftOut() {
        receive(send(sender(1), 20));
        ByteBuf wrong = Unpooled.buffer();
        wrong.writeByte(0x80).writeByte(RED).writeShort(22).writeInt(TICKS * 22);
        wrong.writeInt((int) FecPackets.SSRC);
        int older = 3 * TICKS;
        RedWriter.redundantHead(wrong, FecPackets.TYPE, older, 2);
        RedWriter.primaryHead(wrong, FecPackets.TYPE);
        receive(wrong.writeInt(0x1234_5678));
        assertThat(ring.recovered).isZero();
    }

    @Test
    void predecessorsAreForgottenOnReset() {
        RedAudioSender sender = sender(2);
        send(sender, 1);
        sender.reset();
        RtpPacket red = FecPackets.wrap(send(sender, 2));
        assertThat(red.payloadSizeBytes())
                .isEqualTo(FecPackets.wrap(plain.get(1)).payloadSizeBytes() + 1);
    }

    @Test
    void whatIsNotRedStaysAsItIs() {
        ByteBuf packet = FecPackets.bytes("803f000100000001cafebabe" + "ff0000");
        String before = ByteBufUtil.hexDump(packet);
        RtpPacket view = FecPackets.wrap(packet);
        assertThat(unwrapper.unwrap(view)).isFalse();
        recovery.recover(view, ring, ring);
        assertThat(ByteBufUtil.hexDump(packet)).isEqualTo(before);
        assertThat(ring.recovered).isZero();
    }

    @Property
    void anyPayloadIsTakenWithoutAnException(@ForAll @Size(max = 40) byte[] payload) {
        ring.keep(FecPackets.bytes("8060000000000001cafebabe00"));
        ByteBuf packet = FecPackets.bytes("803f000200010000cafebabe");
        ByteBuf red = Unpooled.buffer().writeBytes(packet).writeBytes(payload);
        RtpPacket view = FecPackets.wrap(red);
        recovery.recover(view, ring, ring);
        if (unwrapper.unwrap(view)) {
            assertThat(view.sizeBytes()).isLessThan(12 + payload.length + 1);
            assertThat(view.sequenceNumber()).isEqualTo(2);
        }
        recovery.release();
    }
}
