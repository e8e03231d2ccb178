package dev.sluice.srtp.context;

import static dev.sluice.srtp.context.TestPackets.SSRC;
import static dev.sluice.srtp.context.TestPackets.keys;
import static dev.sluice.srtp.context.TestPackets.rtp;
import static dev.sluice.srtp.context.TestPackets.rtpWithHeader;
import static dev.sluice.srtp.context.TestPackets.unprotect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.sun.management.ThreadMXBean;

import dev.sluice.media.rtp.ExtensionElement;
import dev.sluice.media.rtp.RtpPacket;
import dev.sluice.srtp.cipher.CipherProvider;
import dev.sluice.srtp.keys.SrtpMasterKey;
import dev.sluice.srtp.keys.SrtpOptions;
import dev.sluice.srtp.keys.SrtpProfile;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.lang.management.ManagementFactory;
import java.util.List;

@ParameterizedClass
@MethodSource("dev.sluice.srtp.Providers#available")
class CryptexTest {

    private final CipherProvider provider;

    CryptexTest(CipherProvider provider) {
        this.provider = provider;
    }

    private static final SrtpOptions CRYPTEX = SrtpOptions.DEFAULT.withCryptex();

    /** What one cryptex packet may allocate beyond a plain one: nothing, but the JVM has noise. */
    private static final long MEASURING_NOISE_BYTES = 16;

    @Test
    void isOffUnlessAskedFor() {
        SrtpSender sender = new SrtpSender(keys(SrtpProfile.AEAD_AES_128_GCM), provider);
        ByteBuf packet = rtpWithHeader(SSRC, 1);

        assertThat(sender.protectRtp(packet)).isEqualTo(SrtpStatus.OK);

        assertThat(packet.slice(0, 28)).isEqualTo(rtpWithHeader(SSRC, 1).slice(0, 28));
    }

    @ParameterizedTest
    @EnumSource
    void hidesContributorsAndElementsButNotTheExtensionsHead(SrtpProfile profile) {
        ByteBuf packet = rtpWithHeader(SSRC, 1);
        ByteBuf clear = packet.copy();

        assertThat(sender(profile, CRYPTEX).protectRtp(packet)).isEqualTo(SrtpStatus.OK);

        assertThat(packet.slice(0, 12)).isEqualTo(clear.slice(0, 12));
        assertThat(packet.getLong(12)).isNotEqualTo(clear.getLong(12));
        assertThat(packet.getInt(20)).isEqualTo(0xC0DE0001);
        assertThat(packet.getInt(24)).isNotEqualTo(clear.getInt(24));
    }

    @ParameterizedTest
    @EnumSource
    void aReceiverThatNegotiatedItTakesBothForms(SrtpProfile profile) {
        SrtpReceiver receiver = receiver(profile, CRYPTEX);
        ByteBuf encrypted = rtpWithHeader(SSRC, 1);
        ByteBuf plain = rtpWithHeader(SSRC, 2);
        sender(profile, CRYPTEX).protectRtp(encrypted);
        sender(profile, SrtpOptions.DEFAULT).protectRtp(plain);

        assertThat(unprotect(receiver, encrypted)).isEqualTo(SrtpStatus.OK);
        assertThat(encrypted).isEqualTo(rtpWithHeader(SSRC, 1));
        assertThat(unprotect(receiver, plain)).isEqualTo(SrtpStatus.OK);
        assertThat(plain).isEqualTo(rtpWithHeader(SSRC, 2));
    }

    @Test
    void theViewThatWasUnprotectedReadsTheDecryptedHeader() {
        ByteBuf packet = rtpWithHeader(SSRC, 1);
        sender(SrtpProfile.AEAD_AES_128_GCM, CRYPTEX).protectRtp(packet);
        RtpPacket view = new RtpPacket();
        assertThat(view.wrapHeader(packet)).isTrue();

        assertThat(receiver(SrtpProfile.AEAD_AES_128_GCM, CRYPTEX).unprotectRtp(view))
                .isEqualTo(SrtpStatus.OK);

        assertThat(view.csrc(1)).isEqualTo(12);
        assertThat(ExtensionElement.unsigned(view, 1, 1)).isEqualTo(0xAA);
    }

    @Test
    void anExtensionOfAnotherKindStaysInTheClear() {
        for (int profile : new int[] {0x1234, 0x1001, 0x0000}) {
            ByteBuf packet = rtpWithHeader(SSRC, 1).setShort(20, profile);
            ByteBuf clear = packet.copy();
            SrtpSender sender = sender(SrtpProfile.AEAD_AES_128_GCM, CRYPTEX);

            assertThat(sender.protectRtp(packet)).isEqualTo(SrtpStatus.OK);
            assertThat(packet.slice(0, 28)).isEqualTo(clear.slice(0, 28));
            assertThat(unprotect(receiver(SrtpProfile.AEAD_AES_128_GCM, CRYPTEX), packet))
                    .isEqualTo(SrtpStatus.OK);
            assertThat(packet).isEqualTo(clear);
        }
    }

    @Test
    void aPacketThatIsNotSealedKeepsItsHeader() {
        SrtpSender sender = sender(SrtpProfile.AEAD_AES_128_GCM, CRYPTEX);
        sender.protectRtp(rtpWithHeader(SSRC, 1));
        ByteBuf again = rtpWithHeader(SSRC, 1);

        assertThat(sender.protectRtp(again)).isEqualTo(SrtpStatus.REPLAYED);
        assertThat(again).isEqualTo(rtpWithHeader(SSRC, 1));
    }

    @ParameterizedTest
    @EnumSource
    void payloadsOfAnySizeMakeRoomForTheEmptyExtension(SrtpProfile profile) {
        for (int size = 0; size < 12; size++) {
            ByteBuf packet = Unpooled.buffer(12).writeInt(0x81600001 + size).writeInt(0);
            packet.writeInt((int) SSRC).writeInt(77);
            for (int i = 1; i <= size; i++) {
                packet.writeByte(i);
            }
            ByteBuf clear = packet.copy();
            SrtpSender sender = sender(profile, CRYPTEX);

            assertThat(sender.protectRtp(packet)).isEqualTo(SrtpStatus.OK);
            assertThat(packet.readableBytes())
                    .isEqualTo(clear.readableBytes() + sender.rtpOverheadBytes());
            assertThat(unprotect(receiver(profile, CRYPTEX), packet)).isEqualTo(SrtpStatus.OK);

            assertThat(packet.getInt(16)).isEqualTo(0xBEDE0000);
            assertThat(packet.slice(1, 15)).isEqualTo(clear.slice(1, 15));
            assertThat(packet.slice(20, size)).isEqualTo(clear.slice(16, size));
        }
    }

    @Test
    void directMemoryIsProtectedAsHeapIs() {
        ByteBuf direct = Unpooled.directBuffer(128).writeZero(3).skipBytes(3);
        ByteBuf heap = rtpWithHeader(SSRC, 1);
        direct.writeBytes(heap.duplicate());

        sender(SrtpProfile.AEAD_AES_256_GCM, CRYPTEX).protectRtp(direct);
        sender(SrtpProfile.AEAD_AES_256_GCM, CRYPTEX).protectRtp(heap);

        assertThat(direct).isEqualTo(heap);
        direct.release();
    }

    @Test
    void theNullCipherCannotDoIt() {
        assertThatIllegalStateException()
                .isThrownBy(() -> SrtpOptions.nullCipher().withCryptex())
                .withMessageContaining("cryptex");
    }

    /** The ciphers of the JDK allocate a little; cryptex adds nothing to that. */
    @ParameterizedTest
    @EnumSource(names = {"AEAD_AES_128_GCM", "AES_CM_128_HMAC_SHA1_80"})
    void allocatesNoMoreThanPlainSrtp(SrtpProfile profile) {
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 8 && least > MEASURING_NOISE_BYTES; round++) {
            long plain = allocatedPerPacket(profile, SrtpOptions.DEFAULT);
            long cryptex = allocatedPerPacket(profile, CRYPTEX);
            least = Math.min(least, cryptex - plain);
        }
        assertThat(least).isLessThanOrEqualTo(MEASURING_NOISE_BYTES);
    }

    private long allocatedPerPacket(SrtpProfile profile, SrtpOptions options) {
        SrtpSender sender = sender(profile, options);
        SrtpReceiver receiver = receiver(profile, options);
        ByteBuf template = rtpWithHeader(SSRC, 0);
        ByteBuf packet = Unpooled.buffer(128);
        RtpPacket view = new RtpPacket();
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        int packets = 4_000;
        long before = 0;
        for (int i = 0; i < 2 * packets; i++) {
            if (i == packets) {
                before = threads.getCurrentThreadAllocatedBytes();
            }
            packet.clear().writeBytes(template, 0, template.writerIndex()).setShort(2, i);
            sender.protectRtp(packet);
            view.wrapHeader(packet);
            receiver.unprotectRtp(view);
        }
        assertThat(packet).isEqualTo(template.setShort(2, 2 * packets - 1));
        return (threads.getCurrentThreadAllocatedBytes() - before) / packets;
    }

    @Test
    void aPacketWithoutHeaderToHideIsPlainSrtp() {
        ByteBuf withOption = rtp(SSRC, 1);
        ByteBuf without = rtp(SSRC, 1);

        sender(SrtpProfile.AEAD_AES_128_GCM, CRYPTEX).protectRtp(withOption);
        sender(SrtpProfile.AEAD_AES_128_GCM, SrtpOptions.DEFAULT).protectRtp(without);

        assertThat(withOption).isEqualTo(without);
    }

    private SrtpSender sender(SrtpProfile profile, SrtpOptions options) {
        return new SrtpSender(SrtpMasterKey.of(keys(profile)), options, provider);
    }

    private SrtpReceiver receiver(SrtpProfile profile, SrtpOptions options) {
        return new SrtpReceiver(List.of(SrtpMasterKey.of(keys(profile))), options, provider);
    }
}
