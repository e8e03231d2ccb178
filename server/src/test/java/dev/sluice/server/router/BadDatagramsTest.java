package dev.sluice.server.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.media.ice.IceCredentials;
import dev.sluice.server.session.DropReason;
import dev.sluice.srtp.context.SrtpStatus;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import org.junit.jupiter.api.Test;

import java.net.InetSocketAddress;
import java.util.Random;

/** Whatever arrives: it is counted by reason, nothing is thrown, nothing grows, nobody answers. */
class BadDatagramsTest {

    private static final InetSocketAddress STRANGER = new InetSocketAddress("203.0.113.66", 6666);

    /**
     * Comes after MESSAGE-INTEGRITY, which does not cover it: the check is authentic without it.
     */
    private static final int FINGERPRINT_BYTES = 8;

    /** A publisher whose media has stopped, so that everything that moves is the test's doing. */
    private static SimulatedPublisher quietPublisher(EngineWorld world) {
        var publisher = world.connectedPublisher("s", SimulatedPublisher.WITH_RTX);
        world.run(500);
        publisher.stopMedia();
        world.run(500);
        return publisher;
    }

    private static ByteBuf lastVideo(SimulatedPublisher publisher) {
        int last = publisher.video().sent().getLast().sequenceNumber();
        return publisher.video().sealed(last).copy();
    }

    private static ByteBuf randomDatagram(Random random) {
        byte[] bytes = new byte[random.nextInt(1_500)];
        random.nextBytes(bytes);
        return Unpooled.wrappedBuffer(bytes);
    }

    private static int streams(EngineWorld world, SimulatedPeer peer) {
        return world.sessionOf(peer).view().incomingStreams().size();
    }

    @Test
    void tenThousandRandomDatagramsFromAStrangerAreCountedAndForgotten() {
        try (var world = new EngineWorld(1)) {
            quietPublisher(world);
            var random = new Random(1);
            long dropped = world.dropped();
            int answers = world.sentSizesBytes().size();
            long usedBytes = world.usedBytes();
            for (int i = 0; i < 10_000; i++) {
                world.toEngine(STRANGER, randomDatagram(random));
            }
            assertThat(world.dropped() - dropped).isEqualTo(10_000);
            assertThat(world.dropped(DropReason.UNVALIDATED_ADDRESS)).isGreaterThan(9_000);
            assertThat(world.dropped(DropReason.MALFORMED_STUN)).isPositive();
            assertThat(world.sentSizesBytes()).hasSize(answers);
            assertThat(world.usedBytes()).isEqualTo(usedBytes);
            assertThat(world.sessions()).hasSize(1);
            assertThat(world.snapshot().handshakes()).isZero();
        }
    }

    @Test
    void randomDatagramsFromAPublishersAddressDoNotDisturbIt() {
        try (var world = new EngineWorld(2)) {
            var publisher = quietPublisher(world);
            var viewer = world.connectedViewer("s", SimulatedViewer.WITH_RTX);
            var random = new Random(2);
            int answers = world.sentSizesBytes().size();
            int streams = streams(world, publisher);
            for (int i = 0; i < 10_000; i++) {
                world.toEngine(publisher.address(), randomDatagram(random));
            }
            assertThat(world.sentSizesBytes()).hasSize(answers);
            assertThat(streams(world, publisher)).isEqualTo(streams).isEqualTo(2);
            assertThat(world.counters().srtpFailure(SrtpStatus.AUTHENTICATION_FAILED).value())
                    .isPositive();
            publisher.startMedia(world.nowNanos());
            world.run(1_000);
            assertThat(viewer.video().packets()).hasSizeGreaterThan(80);
        }
    }

    @Test
    void everyDamagedCopyOfAGoodDatagramIsRefused() {
        try (var world = new EngineWorld(3)) {
            var publisher = quietPublisher(world);
            ByteBuf good = lastVideo(publisher);
            ByteBuf check = publisher.check(true);
            var random = new Random(3);
            int answers = world.sentSizesBytes().size();
            long packetsIn = world.counters().rtpPacketsIn.value();
            for (int i = 0; i < 5_000; i++) {
                world.toEngine(publisher.address(), damaged(good, 0, random));
                world.toEngine(STRANGER, damaged(check, FINGERPRINT_BYTES, random));
            }
            assertThat(world.counters().rtpPacketsIn.value()).isEqualTo(packetsIn);
            assertThat(world.sentSizesBytes()).hasSize(answers);
            assertThat(streams(world, publisher)).isEqualTo(2);
        }
    }

    private static ByteBuf damaged(ByteBuf good, int spareEndBytes, Random random) {
        ByteBuf copy = good.copy();
        int index = random.nextInt(copy.readableBytes() - spareEndBytes);
        copy.setByte(index, copy.getByte(index) ^ (1 << random.nextInt(8)));
        return random.nextInt(4) == 0 ? copy.slice(0, random.nextInt(copy.capacity())) : copy;
    }

    @Test
    void mediaFromAnAddressThatIsNotValidatedIsDropped() {
        try (var world = new EngineWorld(4)) {
            var publisher = quietPublisher(world);
            world.toEngine(STRANGER, lastVideo(publisher));
            assertThat(world.dropped(DropReason.UNVALIDATED_ADDRESS)).isEqualTo(1);
            assertThat(world.dropped(DropReason.SRTP_FAILURE)).isZero();
        }
    }

    @Test
    void portZeroBecomesNobodysPath() {
        try (var world = new EngineWorld(10)) {
            var publisher = quietPublisher(world);
            var nowhere = new InetSocketAddress("203.0.113.66", 0);
            int answers = world.sentSizesBytes().size();
            world.toEngine(nowhere, publisher.check(true));
            world.toEngine(nowhere, lastVideo(publisher));
            assertThat(world.dropped(DropReason.UNVALIDATED_ADDRESS)).isEqualTo(2);
            assertThat(world.sentSizesBytes()).hasSize(answers);
        }
    }

    @Test
    void aForgedStreamLeavesNoTrace() {
        try (var world = new EngineWorld(5)) {
            var publisher = quietPublisher(world);
            for (int i = 0; i < 1_000; i++) {
                ByteBuf forged = lastVideo(publisher);
                forged.setInt(8, i);
                world.toEngine(publisher.address(), forged);
            }
            assertThat(world.counters().srtpFailure(SrtpStatus.AUTHENTICATION_FAILED).value())
                    .isEqualTo(1_000);
            assertThat(world.dropped(DropReason.SRTP_FAILURE)).isEqualTo(1_000);
            assertThat(streams(world, publisher)).isEqualTo(2);
        }
    }

    @Test
    void aReplayIsDroppedBeforeAnyCryptography() {
        try (var world = new EngineWorld(6)) {
            var publisher = quietPublisher(world);
            world.toEngine(publisher.address(), lastVideo(publisher));
            assertThat(world.counters().srtpFailure(SrtpStatus.REPLAYED).value()).isEqualTo(1);
        }
    }

    @Test
    void aCheckWithAWrongPasswordIsNotAnswered() {
        try (var world = new EngineWorld(7)) {
            var publisher = quietPublisher(world);
            IceCredentials server = publisher.remoteCredentials();
            int answers = world.sentSizesBytes().size();
            String wrong = "x".repeat(server.password().length());
            publisher.restart(
                    publisher.localCredentials(),
                    new IceCredentials(server.ufrag(), wrong),
                    publisher.etag());
            world.toEngine(STRANGER, publisher.check(true));
            assertThat(world.dropped(DropReason.STUN_NOT_AUTHENTIC)).isEqualTo(1);
            publisher.restart(
                    publisher.localCredentials(),
                    new IceCredentials("stranger", server.password()),
                    publisher.etag());
            world.toEngine(STRANGER, publisher.check(true));
            assertThat(world.dropped(DropReason.UNKNOWN_UFRAG)).isEqualTo(1);
            assertThat(world.sentSizesBytes()).hasSize(answers);
            publisher.restart(publisher.localCredentials(), server, publisher.etag());
        }
    }

    @Test
    void noAnswerIsMuchLargerThanItsRequest() {
        try (var world = new EngineWorld(8)) {
            var publisher = quietPublisher(world);
            ByteBuf check = publisher.check(false);
            int requestBytes = check.readableBytes();
            world.toEngine(new InetSocketAddress("2001:db8::7", 7), check);
            assertThat(world.sentSizesBytes().getLast()).isLessThanOrEqualTo(requestBytes * 3 / 2);
        }
    }

    @Test
    void aPeerCannotGrowItsPathsWithoutEnd() {
        try (var world = new EngineWorld(9)) {
            var publisher = quietPublisher(world);
            for (int port = 1; port <= 1_000; port++) {
                world.toEngine(new InetSocketAddress("203.0.113.9", port), publisher.check(false));
            }
            int known = 0;
            for (int port = 1; port <= 1_000; port++) {
                long dropped = world.dropped(DropReason.UNVALIDATED_ADDRESS);
                world.toEngine(
                        new InetSocketAddress("203.0.113.9", port),
                        Unpooled.buffer().writeZero(20));
                world.toEngine(new InetSocketAddress("203.0.113.9", port), lastVideo(publisher));
                known += world.dropped(DropReason.UNVALIDATED_ADDRESS) == dropped ? 1 : 0;
            }
            assertThat(known).isBetween(1, 16);
        }
    }
}
