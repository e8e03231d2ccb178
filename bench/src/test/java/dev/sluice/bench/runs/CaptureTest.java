package dev.sluice.bench.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

class CaptureTest {

    private static final int UDP = 17;
    private static final int TCP = 6;
    private static final int RTP_TYPE = 96;
    private static final int RECEIVER_REPORT = 201;
    private static final int CAPTURED = 14 + 20 + 8 + 12;

    private final ByteBuffer file = ByteBuffer.allocate(1000).order(ByteOrder.nativeOrder());

    CaptureTest() {
        file.putInt(0xa1b2c3d4).position(24);
    }

    private void packet(int protocol, int type) {
        file.putInt(10).putInt(250).putInt(CAPTURED).putInt(1254);
        ByteBuffer frame = ByteBuffer.allocate(CAPTURED);
        frame.putShort(12, (short) 0x0800).put(14, (byte) 0x45).put(14 + 9, (byte) protocol);
        frame.putShort(34 + 4, (short) 1208).put(42, (byte) 0x80).put(43, (byte) type);
        frame.putInt(42 + 4, -2).putInt(42 + 8, 0xffff_0001);
        file.put(frame);
    }

    private byte[] written() {
        return Arrays.copyOf(file.array(), file.position());
    }

    @Test
    void readsTimeSizeAndStreamOfAnRtpPacket() {
        packet(UDP, RTP_TYPE);
        assertThat(Capture.read(written()))
                .containsExactly(new Arrival(10_000_250_000L, 1200, 0xffff_0001L, 0xffff_fffeL));
    }

    @Test
    void passesOverWhatIsNotRtp() {
        packet(TCP, RTP_TYPE);
        packet(UDP, RECEIVER_REPORT);
        packet(UDP, RTP_TYPE);
        assertThat(Capture.read(written())).hasSize(1);
    }

    @Test
    void endsAtARecordThatIsNotWhole() {
        packet(UDP, RTP_TYPE);
        packet(UDP, RTP_TYPE);
        byte[] cut = Arrays.copyOf(file.array(), file.position() - 1);
        assertThat(Capture.read(cut)).hasSize(1);
    }

    @Test
    void refusesOtherFiles() {
        assertThatIllegalArgumentException().isThrownBy(() -> Capture.read(new byte[24]));
        assertThatIllegalArgumentException().isThrownBy(() -> Capture.read(new byte[3]));
    }
}
