package dev.sluice.media.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import org.junit.jupiter.api.Test;

class DatagramKindTest {

    @Test
    void firstByteTellsTheProtocol() {
        assertThat(of("0001")).isEqualTo(DatagramKind.STUN);
        assertThat(of("0301")).isEqualTo(DatagramKind.STUN);
        assertThat(of("0401")).isEqualTo(DatagramKind.UNKNOWN);
        assertThat(of("13fe")).isEqualTo(DatagramKind.UNKNOWN);
        assertThat(of("14fe")).isEqualTo(DatagramKind.DTLS);
        assertThat(of("3ffe")).isEqualTo(DatagramKind.DTLS);
        assertThat(of("40fe")).isEqualTo(DatagramKind.UNKNOWN);
        assertThat(of("8060")).isEqualTo(DatagramKind.RTP);
        assertThat(of("bf60")).isEqualTo(DatagramKind.RTP);
        assertThat(of("c060")).isEqualTo(DatagramKind.UNKNOWN);
    }

    @Test
    void secondByteTellsRtcpFromRtp() {
        assertThat(of("80bf")).isEqualTo(DatagramKind.RTP);
        assertThat(of("80c0")).isEqualTo(DatagramKind.RTCP);
        assertThat(of("81c8")).isEqualTo(DatagramKind.RTCP);
        assertThat(of("80df")).isEqualTo(DatagramKind.RTCP);
        assertThat(of("80e0")).isEqualTo(DatagramKind.RTP);
        assertThat(of("80")).isEqualTo(DatagramKind.UNKNOWN);
        assertThat(of("")).isEqualTo(DatagramKind.UNKNOWN);
    }

    @Property
    void arbitraryBytesNeverThrow(@ForAll byte[] bytes) {
        assertThat(DatagramKind.of(Unpooled.wrappedBuffer(bytes))).isNotNull();
    }

    private static DatagramKind of(String hex) {
        return DatagramKind.of(Bytes.hex(hex));
    }
}
