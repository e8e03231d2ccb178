package dev.sluice.media.rtp;

import static dev.sluice.media.rtp.Bytes.hex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

/** Vectors of vlaextension_test.go of pion/rtp, and of libwebrtc where it is named. */
class VideoLayersAllocationTest {

    @Test
    void threeStreamsWithoutResolutions() {
        bothWays(
                "21149601f0019003d005b009",
                new VideoLayersAllocation(
                        0,
                        3,
                        List.of(
                                new SpatialLayer(0, 0, List.of(150)),
                                new SpatialLayer(1, 0, List.of(240, 400)),
                                new SpatialLayer(2, 0, List.of(720, 1200))),
                        false));
    }

    @Test
    void threeStreamsWithResolutions() {
        bothWays(
                "a1149601f0019003d005b009013f00b31e027f01671e04ff02cf1e",
                new VideoLayersAllocation(
                        2,
                        3,
                        List.of(
                                new SpatialLayer(0, 0, List.of(150), 320, 180, 30),
                                new SpatialLayer(1, 0, List.of(240, 400), 640, 360, 30),
                                new SpatialLayer(2, 0, List.of(720, 1200), 1280, 720, 30)),
                        true));
    }

    @Test
    void twoStreams() {
        bothWays(
                "1110c801d005b009",
                new VideoLayersAllocation(
                        0,
                        2,
                        List.of(
                                new SpatialLayer(0, 0, List.of(200)),
                                new SpatialLayer(1, 0, List.of(720, 1200))),
                        false));
    }

    @Test
    void threeStreamsWithThePausedOneBetween() {
        bothWays(
                "601010109601d005b009013f00b31e04ff02cf1e",
                new VideoLayersAllocation(
                        1,
                        3,
                        List.of(
                                new SpatialLayer(0, 0, List.of(150), 320, 180, 30),
                                new SpatialLayer(2, 0, List.of(720, 1200), 1280, 720, 30)),
                        true));
    }

    @Test
    void onlyTheLastStreamIsActive() {
        bothWays(
                "a0001040ac02f403",
                new VideoLayersAllocation(
                        2, 3, List.of(new SpatialLayer(2, 0, List.of(300, 500))), false));
        bothWays(
                "a00010409405cc08",
                new VideoLayersAllocation(
                        2, 3, List.of(new SpatialLayer(2, 0, List.of(660, 1100))), false));
    }

    @Test
    void masksDifferByStream() {
        List<SpatialLayer> layers = new ArrayList<>();
        for (int stream = 0; stream < 4; stream++) {
            for (int spatial = 0; spatial <= stream; spatial++) {
                layers.add(new SpatialLayer(stream, spatial, List.of(150, 200), 320, 180, 30));
            }
        }
        var allocation = new VideoLayersAllocation(0, 4, layers, true);
        ByteBuf out = Unpooled.buffer();
        allocation.write(out);
        assertThat(out.slice(0, 3)).isEqualTo(hex("30137f"));
        assertThat(read(out)).isEqualTo(allocation);
    }

    @Test
    void nothingSentIsASingleZeroByte() {
        bothWays("00", VideoLayersAllocation.NOTHING);
    }

    /** RtpVideoLayersAllocationExtension.DiscardsOverLargeDataRate in libwebrtc. */
    @Test
    void refusesABitrateThatNobodySends() {
        assertThat(read(hex("4bf6ffffffffffffcb78eb8db531"))).isNull();
        assertThat(read(hex("0100c1843d"))).isNull(); // 1,000,001 kbit/s
        assertThat(read(hex("0100c0843d"))).isNotNull();
    }

    @Test
    void refusesWhatDoesNotAddUp() {
        assertThat(read(hex(""))).isNull();
        assertThat(read(hex("01"))).as("no temporal layers").isNull();
        assertThat(read(hex("0100"))).as("no bitrate").isNull();
        assertThat(read(hex("010096"))).as("a bitrate that does not end").isNull();
        assertThat(read(hex("01009601 013f00b3"))).as("a short resolution").isNull();
        assertThat(read(hex("01009601 013f00b31e00"))).as("a byte too many").isNull();
        assertThat(read(hex("41009601"))).as("stream 1 of 1").isNull();
        assertThat(read(hex("000000"))).as("no layer").isNull();
        assertThat(read(hex("0001009601"))).as("a layer of a stream that is not there").isNull();
    }

    @Test
    void isPutIntoAPacket() {
        var packet = new RtpPacket();
        packet.wrap(Unpooled.buffer().writeBytes(hex("80 60 0001 00000002 00000003 ff")));
        var allocation =
                new VideoLayersAllocation(
                        0, 1, List.of(new SpatialLayer(0, 0, List.of(300))), false);
        assertThat(allocation.put(packet, 5, Unpooled.buffer())).isTrue();
        assertThat(VideoLayersAllocation.read(packet, 5)).isEqualTo(allocation);
        assertThat(VideoLayersAllocation.read(packet, 6)).isNull();
    }

    @Test
    void refusesLayersThatCannotBeWritten() {
        assertThatThrownBy(() -> new SpatialLayer(4, 0, List.of(1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new SpatialLayer(0, 4, List.of(1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new SpatialLayer(0, 0, List.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new SpatialLayer(0, 0, List.of(1, 2, 3, 4, 5)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new SpatialLayer(0, 0, List.of(-1)))
                .isInstanceOf(IllegalArgumentException.class);
        var layer = new SpatialLayer(0, 0, List.of(1));
        assertThatThrownBy(() -> new VideoLayersAllocation(0, 1, List.of(layer, layer), false))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new VideoLayersAllocation(0, 1, List.of(layer), true))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new VideoLayersAllocation(1, 1, List.of(layer), false))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new VideoLayersAllocation(0, 2, List.of(), false))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Provide
    Arbitrary<VideoLayersAllocation> allocations() {
        Arbitrary<List<Integer>> bitrates =
                Arbitraries.integers()
                        .between(0, VideoLayersAllocation.MAX_BITRATE_KBPS)
                        .list()
                        .ofMinSize(1)
                        .ofMaxSize(4);
        Arbitrary<Integer> pixels = Arbitraries.integers().between(1, 65536);
        Arbitrary<SpatialLayer> layer =
                Combinators.combine(
                                Arbitraries.integers().between(0, 15),
                                bitrates,
                                pixels,
                                pixels,
                                Arbitraries.integers().between(0, 255))
                        .as(
                                (place, kbps, width, height, rate) ->
                                        new SpatialLayer(
                                                place / 4, place % 4, kbps, width, height, rate));
        return Combinators.combine(
                        layer.list()
                                .ofMinSize(1)
                                .ofMaxSize(16)
                                .uniqueElements(l -> l.streamIndex() * 4 + l.spatialId()),
                        Arbitraries.integers().between(0, 3),
                        Arbitraries.of(true, false))
                .as(VideoLayersAllocationTest::allocation);
    }

    private static VideoLayersAllocation allocation(
            List<SpatialLayer> any, int streamIndex, boolean hasResolutions) {
        List<SpatialLayer> layers = new ArrayList<>();
        int streams = streamIndex + 1;
        for (int place = 0; place < 16; place++) {
            for (SpatialLayer layer : any) {
                if (layer.streamIndex() * 4 + layer.spatialId() == place) {
                    streams = Math.max(streams, layer.streamIndex() + 1);
                    layers.add(hasResolutions ? layer : withoutResolution(layer));
                }
            }
        }
        return new VideoLayersAllocation(streamIndex, streams, layers, hasResolutions);
    }

    private static SpatialLayer withoutResolution(SpatialLayer layer) {
        return new SpatialLayer(layer.streamIndex(), layer.spatialId(), layer.targetBitratesKbps());
    }

    @Property
    void whatIsWrittenIsRead(@ForAll("allocations") VideoLayersAllocation allocation) {
        ByteBuf out = Unpooled.buffer();
        allocation.write(out);
        assertThat(read(out)).isEqualTo(allocation);
    }

    @Property(tries = 3000)
    void arbitraryBytesNeverThrowAndComeBackAsTheyMean(@ForAll @Size(max = 40) byte[] bytes) {
        VideoLayersAllocation allocation = read(Unpooled.wrappedBuffer(bytes));
        if (allocation != null) {
            ByteBuf out = Unpooled.buffer();
            allocation.write(out);
            assertThat(read(out)).isEqualTo(allocation);
        }
    }

    private static void bothWays(String hex, VideoLayersAllocation allocation) {
        assertThat(read(hex(hex))).isEqualTo(allocation);
        ByteBuf out = Unpooled.buffer();
        allocation.write(out);
        assertThat(out).isEqualTo(hex(hex));
    }

    private static @Nullable VideoLayersAllocation read(ByteBuf data) {
        return VideoLayersAllocation.read(data, data.readerIndex(), data.readableBytes());
    }
}
