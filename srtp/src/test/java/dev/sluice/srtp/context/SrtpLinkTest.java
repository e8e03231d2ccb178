package dev.sluice.srtp.context;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.media.rtp.RtpPacket;
import dev.sluice.srtp.cipher.CipherProvider;
import dev.sluice.srtp.keys.SrtpKeys;
import dev.sluice.srtp.keys.SrtpMasterKey;
import dev.sluice.srtp.keys.SrtpProfile;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** A sender and a receiver with the same keys, and what lies between them. */
@ParameterizedClass
@MethodSource("dev.sluice.srtp.Providers#available")
class SrtpLinkTest {

    private final CipherProvider provider;

    SrtpLinkTest(CipherProvider provider) {
        this.provider = provider;
        this.sender = new SrtpSender(keys, provider);
        this.receiver = new SrtpReceiver(keys, provider);
    }

    private static final long SSRC = 0xCAFEBABEL;

    private final SrtpKeys keys = keys(SrtpProfile.AEAD_AES_128_GCM);
    private final SrtpSender sender;
    private final SrtpReceiver receiver;

    @ParameterizedTest
    @EnumSource
    void whatIsProtectedComesOutAsItWentIn(SrtpProfile profile) {
        SrtpSender from = new SrtpSender(keys(profile), provider);
        SrtpReceiver to = new SrtpReceiver(keys(profile), provider);
        for (int sequence = 10; sequence < 20; sequence++) {
            ByteBuf packet = rtp(SSRC, sequence);
            ByteBuf original = packet.copy();
            assertThat(from.protectRtp(packet)).isEqualTo(SrtpStatus.OK);
            assertThat(packet.readableBytes())
                    .isEqualTo(original.readableBytes() + from.rtpOverheadBytes());
            assertThat(unprotect(to, packet)).isEqualTo(SrtpStatus.OK);
            assertThat(packet).isEqualTo(original);

            ByteBuf control = rtcp(SSRC);
            assertThat(from.protectRtcp(control)).isEqualTo(SrtpStatus.OK);
            assertThat(control.readableBytes()).isEqualTo(28 + from.rtcpOverheadBytes());
            assertThat(to.unprotectRtcp(control)).isEqualTo(SrtpStatus.OK);
            assertThat(control).isEqualTo(rtcp(SSRC));
        }
    }

    @Test
    void headersWithContributorsAndExtensionsStayReadable() {
        ByteBuf packet = Unpooled.buffer().writeByte(0x80 | 0x10 | 2).writeByte(96).writeShort(7);
        packet.writeInt(1).writeInt((int) SSRC).writeInt(11).writeInt(12);
        packet.writeShort(0xBEDE).writeShort(1).writeInt(0x10AA0000).writeLong(0x0123456789ABCDEFL);
        ByteBuf original = packet.copy();

        assertThat(sender.protectRtp(packet)).isEqualTo(SrtpStatus.OK);
        assertThat(packet.slice(0, 28)).isEqualTo(original.slice(0, 28));
        assertThat(packet.getLong(28)).isNotEqualTo(original.getLong(28));
        assertThat(unprotect(receiver, packet)).isEqualTo(SrtpStatus.OK);
        assertThat(packet).isEqualTo(original);
    }

    @ParameterizedTest
    @EnumSource
    void aLongStreamSurvivesLossAndReorderingAcrossItsRollovers(SrtpProfile profile) {
        SrtpSender from = new SrtpSender(keys(profile), provider);
        SrtpReceiver to = new SrtpReceiver(keys(profile), provider);
        Random random = new Random(20260203);
        List<ByteBuf> held = new ArrayList<>();
        int delivered = 0;
        for (int i = 0; i < 140_000; i++) {
            int sequence = (30_000 + i) & 0xFFFF;
            ByteBuf packet = rtp(SSRC, sequence);
            assertThat(from.protectRtp(packet)).isEqualTo(SrtpStatus.OK);
            boolean lostAtWrap = sequence >= 65_530 || sequence <= 4;
            if ((lostAtWrap && i < 100_000) || random.nextInt(20) == 0) {
                continue;
            }
            held.add(packet);
            if (held.size() == 16) {
                Collections.shuffle(held, random);
                for (ByteBuf arrived : held) {
                    assertThat(unprotect(to, arrived)).isEqualTo(SrtpStatus.OK);
                    delivered++;
                }
                held.clear();
            }
        }
        assertThat(delivered).isGreaterThan(130_000);
        assertThat(to.rtpStreamCount()).isEqualTo(1);
    }

    /**
     * The trap of RFC 3711 section 3.3.1: a receiver that hears of a stream after its first wrap
     * takes the rollover counter for zero. It keeps nothing of what then fails, so that one packet
     * from before the wrap puts it right.
     */
    @Test
    void whatComesAfterAWrapThatNobodySawFailsUntilAnEarlierPacketArrives() {
        ByteBuf late = protectedRtp(65_530);
        ByteBuf wrapped = protectedRtp(2);
        ByteBuf again = wrapped.copy();

        assertThat(unprotect(receiver, wrapped)).isEqualTo(SrtpStatus.AUTHENTICATION_FAILED);
        assertThat(wrapped).isEqualTo(again);
        assertThat(receiver.rtpStreamCount()).isZero();
        assertThat(unprotect(receiver, late)).isEqualTo(SrtpStatus.OK);
        assertThat(unprotect(receiver, again)).isEqualTo(SrtpStatus.OK);
    }

    @Test
    void aFirstPacketJustBeforeTheWrapLetsItsPredecessorsIn() {
        ByteBuf[] packets = new ByteBuf[6];
        for (int i = 0; i < packets.length; i++) {
            packets[i] = protectedRtp((65_533 + i) & 0xFFFF);
        }
        for (int i : new int[] {2, 0, 5, 1, 4, 3}) {
            assertThat(unprotect(receiver, packets[i])).as("packet %s", i).isEqualTo(SrtpStatus.OK);
        }
    }

    @Test
    void aPacketOfTheLastRoundThatComesAfterTheWrapIsOpened() {
        ByteBuf late = protectedRtp(65_535);
        ByteBuf first = protectedRtp(65_534);
        ByteBuf wrapped = protectedRtp(0);

        assertThat(unprotect(receiver, first)).isEqualTo(SrtpStatus.OK);
        assertThat(unprotect(receiver, wrapped)).isEqualTo(SrtpStatus.OK);
        assertThat(unprotect(receiver, late)).isEqualTo(SrtpStatus.OK);
    }

    @Test
    void replaysAreDroppedAndLeaveTheBufferAsItWas() {
        ByteBuf packet = protectedRtp(5);
        ByteBuf replay = packet.copy();
        ByteBuf expected = packet.copy();
        ByteBuf control = rtcp(SSRC);
        sender.protectRtcp(control);
        ByteBuf controlReplay = control.copy();

        assertThat(unprotect(receiver, packet)).isEqualTo(SrtpStatus.OK);
        assertThat(unprotect(receiver, replay)).isEqualTo(SrtpStatus.REPLAYED);
        assertThat(replay).isEqualTo(expected);
        assertThat(receiver.unprotectRtcp(control)).isEqualTo(SrtpStatus.OK);
        assertThat(receiver.unprotectRtcp(controlReplay)).isEqualTo(SrtpStatus.REPLAYED);
    }

    @Test
    void packetsBehindTheWindowAreTooOld() {
        ByteBuf old = protectedRtp(5);
        assertThat(unprotect(receiver, protectedRtp(5 + ReplayWindow.SIZE_PACKETS)))
                .isEqualTo(SrtpStatus.OK);
        assertThat(unprotect(receiver, old)).isEqualTo(SrtpStatus.TOO_OLD);
    }

    @Test
    void aForgedPacketMovesNoWindow() {
        assertThat(unprotect(receiver, protectedRtp(5))).isEqualTo(SrtpStatus.OK);
        ByteBuf forged = rtp(SSRC, 30_000).writeZero(16);

        assertThat(unprotect(receiver, forged)).isEqualTo(SrtpStatus.AUTHENTICATION_FAILED);
        assertThat(unprotect(receiver, protectedRtp(6))).isEqualTo(SrtpStatus.OK);
    }

    @Test
    void forgedPacketsCreateNoStreams() {
        for (int i = 0; i < 2 * StreamTable.MAX_STREAMS; i++) {
            assertThat(unprotect(receiver, rtp(i, 1).writeZero(16)))
                    .isEqualTo(SrtpStatus.AUTHENTICATION_FAILED);
            assertThat(receiver.unprotectRtcp(rtcp(i).writeZero(20)))
                    .isEqualTo(SrtpStatus.AUTHENTICATION_FAILED);
        }
        assertThat(receiver.rtpStreamCount()).isZero();
        assertThat(receiver.rtcpStreamCount()).isZero();
    }

    @Test
    void streamsAreCapped() {
        for (int i = 0; i < StreamTable.MAX_STREAMS; i++) {
            ByteBuf packet = rtp(i, 1);
            assertThat(sender.protectRtp(packet)).isEqualTo(SrtpStatus.OK);
            assertThat(unprotect(receiver, packet)).isEqualTo(SrtpStatus.OK);
            ByteBuf control = rtcp(i);
            sender.protectRtcp(control);
            assertThat(receiver.unprotectRtcp(control)).isEqualTo(SrtpStatus.OK);
        }
        ByteBuf oneMore = rtp(SSRC, 1);
        assertThat(sender.protectRtp(oneMore)).isEqualTo(SrtpStatus.TOO_MANY_STREAMS);
        assertThat(unprotect(receiver, oneMore.writeZero(16)))
                .isEqualTo(SrtpStatus.TOO_MANY_STREAMS);
        ByteBuf control = rtcp(SSRC);
        sender.protectRtcp(control);
        assertThat(receiver.unprotectRtcp(control)).isEqualTo(SrtpStatus.TOO_MANY_STREAMS);

        ByteBuf known = rtp(3, 2);
        assertThat(sender.protectRtp(known)).isEqualTo(SrtpStatus.OK);
        assertThat(unprotect(receiver, known)).isEqualTo(SrtpStatus.OK);
    }

    @Test
    void noPacketIndexIsSealedTwice() {
        protectedRtp(100);
        ByteBuf again = rtp(SSRC, 100);

        assertThat(sender.protectRtp(again)).isEqualTo(SrtpStatus.REPLAYED);
        assertThat(again).isEqualTo(rtp(SSRC, 100));
        protectedRtp(100 + ReplayWindow.SIZE_PACKETS);
        assertThat(sender.protectRtp(rtp(SSRC, 100))).isEqualTo(SrtpStatus.TOO_OLD);
    }

    @Test
    void aKeyIsRefusedPastItsLifetime() {
        SrtpSender worn = new SrtpSender(keys, provider);
        worn.age(SrtpMasterKey.MAX_RTP_PACKETS - 1, SrtpMasterKey.MAX_RTCP_PACKETS - 1);

        assertThat(worn.protectRtp(rtp(SSRC, 1))).isEqualTo(SrtpStatus.OK);
        assertThat(worn.protectRtp(rtp(SSRC, 2))).isEqualTo(SrtpStatus.KEY_EXHAUSTED);
        ByteBuf last = rtcp(SSRC);
        assertThat(worn.protectRtcp(last)).isEqualTo(SrtpStatus.OK);
        assertThat(worn.protectRtcp(rtcp(SSRC))).isEqualTo(SrtpStatus.KEY_EXHAUSTED);
        assertThat(receiver.unprotectRtcp(last)).isEqualTo(SrtpStatus.OK);
    }

    @Test
    void packetsTooShortToBeSealedAreMalformed() {
        assertThat(sender.protectRtp(Unpooled.buffer().writeZero(12)))
                .isEqualTo(SrtpStatus.MALFORMED);
        assertThat(sender.protectRtcp(Unpooled.buffer().writeInt(0x80C80000)))
                .isEqualTo(SrtpStatus.MALFORMED);
        assertThat(unprotect(receiver, rtp(SSRC, 1).writerIndex(27)))
                .isEqualTo(SrtpStatus.MALFORMED);
        assertThat(receiver.unprotectRtcp(rtcp(SSRC).writerIndex(27)))
                .isEqualTo(SrtpStatus.MALFORMED);
    }

    private ByteBuf protectedRtp(int sequenceNumber) {
        ByteBuf packet = rtp(SSRC, sequenceNumber);
        assertThat(sender.protectRtp(packet)).isEqualTo(SrtpStatus.OK);
        return packet;
    }

    private static SrtpStatus unprotect(SrtpReceiver receiver, ByteBuf packet) {
        RtpPacket view = new RtpPacket();
        assertThat(view.wrapHeader(packet)).isTrue();
        return receiver.unprotectRtp(view);
    }

    private static ByteBuf rtp(long ssrc, int sequenceNumber) {
        ByteBuf packet =
                Unpooled.buffer(64).writeByte(0x80).writeByte(96).writeShort(sequenceNumber);
        return packet.writeInt(3000 * sequenceNumber)
                .writeInt((int) ssrc)
                .writeLong(sequenceNumber)
                .writeLong(1);
    }

    private static ByteBuf rtcp(long ssrc) {
        return Unpooled.buffer(64).writeInt(0x80C80006).writeInt((int) ssrc).writeZero(20);
    }

    private static SrtpKeys keys(SrtpProfile profile) {
        byte[] key = new byte[profile.keySizeBytes()];
        byte[] salt = new byte[profile.saltSizeBytes()];
        Arrays.fill(key, (byte) 0x4b);
        Arrays.fill(salt, (byte) 0x53);
        return new SrtpKeys(profile, key, salt);
    }
}
