package dev.sluice.server.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.media.rtp.Codec;
import dev.sluice.media.rtp.RtpHeaderWriter;
import dev.sluice.media.rtp.RtpPacket;
import dev.sluice.media.sdp.NegotiatedMedia;
import dev.sluice.server.session.IncomingStream;
import dev.sluice.server.session.IncomingStreams;
import dev.sluice.video.layer.PacketLayers;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import org.junit.jupiter.api.Test;

import java.util.List;

class StreamOrderTest {

    private static final long MILLI = 1_000_000L;
    private static final NegotiatedMedia MEDIA =
            IncomingStreams.video(List.of("h", "l"), List.of());

    private final IncomingStream low = IncomingStreams.of(MEDIA, "l", 1);
    private final IncomingStream high = IncomingStreams.of(MEDIA, "h", 2);
    private final StreamOrder order = new StreamOrder();
    private final PacketLayers layers = new PacketLayers();
    private long nowNanos = -5_000 * MILLI;

    /** Packets of both, ten a second, for some seconds; 0 bytes is silence. */
    private void run(int seconds, int lowBytes, int highBytes) {
        for (int i = 0; i < seconds * 10; i++) {
            send(low, lowBytes);
            send(high, highBytes);
            nowNanos += 100 * MILLI;
        }
    }

    private void send(IncomingStream stream, int sizeBytes) {
        if (sizeBytes > 0) {
            layers.clear(Codec.VP8, false);
            ByteBuf buffer = Unpooled.buffer();
            new RtpHeaderWriter().begin(buffer, 96, false, 1, nowNanos / MILLI, stream.ssrc());
            RtpPacket packet = new RtpPacket();
            assertThat(packet.wrap(buffer.writeZero(sizeBytes))).isTrue();
            order.of(stream).onPacket(packet, layers, nowNanos);
            order.onPacket(false, nowNanos);
        }
    }

    private PublishedStream best() {
        return java.util.Objects.requireNonNull(order.best(nowNanos));
    }

    @Test
    void hasNoBestBeforeTheFirstPacket() {
        assertThat(order.best(nowNanos)).isNull();
    }

    @Test
    void theFirstStreamThatSendsIsTheBestAtOnce() {
        send(low, 100);
        assertThat(best()).isSameAs(order.of(low));
    }

    @Test
    void theStreamOfTheHigherBitrateIsTheBetterOne() {
        run(1, 100, 1_000);
        assertThat(best()).isSameAs(order.of(high));
        assertThat(order.rank(order.of(low))).isZero();
    }

    @Test
    void streamsOfLikeBitrateKeepTheirPlaces() {
        run(2, 100, 110);
        PublishedStream first = best();
        for (int i = 0; i < 20; i++) {
            run(1, 100 + 30 * (i % 2), 130 - 30 * (i % 2));
            assertThat(best()).isSameAs(first);
        }
    }

    @Test
    void theSizeOfThePictureCountsMoreThanTheBitrate() {
        order.of(low).resolution(0, 320, 180);
        order.of(high).resolution(0, 1280, 720);
        run(3, 1_000, 100);
        assertThat(best()).isSameAs(order.of(high));
    }

    @Test
    void aStreamThatIsNotSentAnyMoreIsNotTheBest() {
        run(2, 100, 1_000);
        run(1, 100, 0);
        assertThat(best()).isSameAs(order.of(low));
        send(high, 10);
        assertThat(best()).as("back at once").isSameAs(order.of(high));
        nowNanos += 1_000 * MILLI;
        assertThat(order.best(nowNanos)).isNull();
    }
}
