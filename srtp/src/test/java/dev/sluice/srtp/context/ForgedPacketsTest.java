package dev.sluice.srtp.context;

import static dev.sluice.srtp.context.TestPackets.SSRC;
import static dev.sluice.srtp.context.TestPackets.keys;
import static dev.sluice.srtp.context.TestPackets.rtcp;
import static dev.sluice.srtp.context.TestPackets.rtp;
import static dev.sluice.srtp.context.TestPackets.unprotect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.media.rtp.RtpPacket;
import dev.sluice.srtp.cipher.CipherProvider;
import dev.sluice.srtp.keys.SrtpProfile;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;

/** Nobody without keys makes a receiver remember anything. */
@ParameterizedClass
@MethodSource("dev.sluice.srtp.Providers#available")
class ForgedPacketsTest {

    private final CipherProvider provider;

    ForgedPacketsTest(CipherProvider provider) {
        this.provider = provider;
    }

    private static final int FORGED = 100_000;

    /** A replay window for each forged SSRC would take 15 MB and more. */
    private static final long MAX_GROWTH_BYTES = 4_000_000;

    @ParameterizedTest
    @EnumSource(names = {"AEAD_AES_128_GCM", "AES_CM_128_HMAC_SHA1_80"})
    void aHundredThousandForgedSsrcsLeaveNothingBehind(SrtpProfile profile) {
        SrtpSender sender = new SrtpSender(keys(profile), provider);
        SrtpReceiver receiver = new SrtpReceiver(keys(profile), provider);
        ByteBuf authentic = rtp(SSRC, 1);
        ByteBuf authenticControl = rtcp(SSRC);
        sender.protectRtp(authentic);
        sender.protectRtcp(authenticControl);
        assertThat(unprotect(receiver, authentic)).isEqualTo(SrtpStatus.OK);
        assertThat(receiver.unprotectRtcp(authenticControl)).isEqualTo(SrtpStatus.OK);
        forge(receiver, 1_000);
        long before = usedHeapBytes();

        forge(receiver, FORGED);

        assertThat(usedHeapBytes() - before).isLessThan(MAX_GROWTH_BYTES);
        assertThat(receiver.rtpStreamCount()).isEqualTo(1);
        assertThat(receiver.rtcpStreamCount()).isEqualTo(1);
        ByteBuf next = rtp(SSRC, 2);
        sender.protectRtp(next);
        assertThat(unprotect(receiver, next)).isEqualTo(SrtpStatus.OK);
    }

    private static void forge(SrtpReceiver receiver, int packets) {
        RtpPacket view = new RtpPacket();
        ByteBuf packet = Unpooled.buffer(64);
        for (int i = 0; i < packets; i++) {
            int ssrc = 0x1000_0000 + 7 * i;
            packet.clear()
                    .writeShort(0x8060)
                    .writeShort(i)
                    .writeInt(i)
                    .writeInt(ssrc)
                    .writeZero(40);
            view.wrapHeader(packet);
            assertThat(receiver.unprotectRtp(view)).isEqualTo(SrtpStatus.AUTHENTICATION_FAILED);
            packet.clear().writeInt(0x80C80006).writeInt(ssrc).writeZero(30);
            packet.writeInt(0x8000_0000 | i).writeZero(10);
            assertThat(receiver.unprotectRtcp(packet)).isEqualTo(SrtpStatus.AUTHENTICATION_FAILED);
        }
        assertThat(receiver.rtpStreamCount()).isEqualTo(1);
    }

    /** The least that several collections leave. */
    private static long usedHeapBytes() {
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 4; i++) {
            memory.gc();
            least = Math.min(least, memory.getHeapMemoryUsage().getUsed());
        }
        return least;
    }
}
