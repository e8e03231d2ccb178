package dev.sluice.media.fec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

import org.junit.jupiter.api.Test;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

class RedPacketizerTest {

    private static final int OPUS = 111;
    private static final int MTU = 1200;

    private final RedPayload red = new RedPayload();

    @Test
    void sendsEachPayloadAgainWithTheOnesThatFollow() {
        var packetizer = new RedPacketizer(OPUS, 2, MTU);
        assertThat(packetize(packetizer, 0, "0a")).isEqualTo("6f" + "0a");
        assertThat(packetize(packetizer, 960, "0b0b")).isEqualTo("ef0f0001" + "6f" + "0a" + "0b0b");
        assertThat(packetize(packetizer, 1920, "0c"))
                .isEqualTo("ef1e0001" + "ef0f0002" + "6f" + "0a" + "0b0b" + "0c");
        assertThat(packetize(packetizer, 2880, "0d"))
                .isEqualTo("ef1e0002" + "ef0f0001" + "6f" + "0b0b" + "0c" + "0d");
        packetizer.reset();
        assertThat(packetize(packetizer, 3840, "0e")).isEqualTo("6f" + "0e");
    }

    @Test
    void leavesOutWhatIsTooOldTooLongOrEmpty() {
        var packetizer = new RedPacketizer(OPUS, 3, 4000);
        packetize(packetizer, 0, "0a");
        assertThat(packetize(packetizer, 16_383, "0b")).startsWith("efff");
        packetizer.reset();
        packetize(packetizer, 0, "0a");
        assertThat(packetize(packetizer, 16_384, "0b")).isEqualTo("6f0b");
        packetizer.reset();
        packetize(packetizer, 0, "0a".repeat(1024));
        packetize(packetizer, 1, "");
        assertThat(packetize(packetizer, 2, "0b")).isEqualTo("6f0b");
        packetizer.reset();
        packetize(packetizer, 0, "0a".repeat(1023));
        assertThat(packetize(packetizer, 1, "0b")).hasSize(2 * (4 + 1 + 1023 + 1));
    }

    @Test
    void theTimestampMayWrap() {
        var packetizer = new RedPacketizer(OPUS, 1, MTU);
        packetize(packetizer, 0xFFFF_FFFFL, "0a");
        assertThat(packetize(packetizer, 0, "0b")).isEqualTo("ef0004016f0a0b");
    }

    @Test
    void dropsTheOldestFirstWhereThePacketWouldBeTooLarge() {
        var packetizer = new RedPacketizer(OPUS, 2, 4 + 1 + 2);
        packetize(packetizer, 0, "0a");
        packetize(packetizer, 1, "0b");
        assertThat(packetize(packetizer, 2, "0c")).isEqualTo("ef0004016f0b0c");
        assertThat(packetize(packetizer, 3, "0d0d")).isEqualTo("6f0d0d");
        assertThat(packetize(packetizer, 4, "0e".repeat(20))).isEqualTo("6f" + "0e".repeat(20));
    }

    @Test
    void refusesARedundancyThatNoReceiverTakes() {
        assertThatThrownBy(() -> new RedPacketizer(OPUS, 0, MTU))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RedPacketizer(OPUS, 32, MTU))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("32");
    }

    @Property
    void everyBlockIsAPayloadThatWasSent(
            @ForAll @Size(max = 30) List<@IntRange(max = 300) Integer> sizes,
            @ForAll @IntRange(min = 1, max = 31) int redundancy,
            @ForAll @IntRange(max = 0x7FFF_FFFF) int start) {
        var packetizer = new RedPacketizer(OPUS, redundancy, MTU);
        Map<Long, byte[]> sent = new HashMap<>();
        long timestamp = start;
        for (int i = 0; i < sizes.size(); i++) {
            timestamp = timestamp + 960 & 0xFFFF_FFFFL;
            byte[] payload = new byte[sizes.get(i)];
            Arrays.fill(payload, (byte) i);
            sent.put(timestamp, payload);
            ByteBuf out = Unpooled.buffer();
            int blocks =
                    packetizer.packetize(
                            out, timestamp, Unpooled.wrappedBuffer(payload), 0, payload.length);
            assertThat(red.wrap(out, 0, out.readableBytes())).isTrue();
            assertThat(red.blockCount()).isEqualTo(blocks + 1).isLessThanOrEqualTo(redundancy + 1);
            assertThat(out.readableBytes()).isLessThanOrEqualTo(MTU);
            for (int block = 0; block <= blocks; block++) {
                long at = timestamp - red.timestampOffset(block) & 0xFFFF_FFFFL;
                assertThat(ByteBufUtil.getBytes(out, red.index(block), red.sizeBytes(block)))
                        .isEqualTo(sent.get(at));
            }
        }
    }

    @Test
    void packetizingAndReadingAllocatesNothing() {
        var packetizer = new RedPacketizer(OPUS, 3, MTU);
        ByteBuf payload = Unpooled.buffer().writeZero(100);
        ByteBuf out = Unpooled.buffer(2000);
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        run(packetizer, payload, out);
        long before = threads.getCurrentThreadAllocatedBytes();
        run(packetizer, payload, out);
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(10_000);
    }

    private void run(RedPacketizer packetizer, ByteBuf payload, ByteBuf out) {
        for (int i = 0; i < 100_000; i++) {
            out.clear();
            packetizer.packetize(out, 960L * i, payload, 0, 100);
            red.wrap(out, 0, out.readableBytes());
            red.clear();
        }
    }

    private static String packetize(RedPacketizer packetizer, long timestamp, String hex) {
        ByteBuf out = Unpooled.buffer();
        ByteBuf payload = Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(hex));
        packetizer.packetize(out, timestamp, payload, 0, hex.length() / 2);
        return ByteBufUtil.hexDump(out);
    }
}
