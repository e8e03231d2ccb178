package dev.sluice.srtp.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.media.sim.LinkConditions;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Whatever comes: each side says once how its handshake ended, and its thread ends. */
class HostileDatagramsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final LinkConditions NETWORK = LinkConditions.PERFECT.withDelayMillis(5);
    private static final List<byte[]> RECORDED = recordHandshake();

    /** All datagrams of a handshake, of both sides. */
    private static List<byte[]> recordHandshake() {
        List<byte[]> recorded = new ArrayList<>();
        var pair = new NetworkedPair(1, NETWORK);
        pair.stranger = (datagram, to) -> recorded.add(bytes(datagram));
        pair.drive();
        pair.close();
        return recorded;
    }

    @Property(tries = 60, seed = "11")
    void arbitraryDatagramsEndNeitherRoleBeforeItsTime(
            @ForAll @Size(max = 20) List<@Size(max = 300) byte[]> datagrams) {
        var server = new RecordedOutput();
        var client = new RecordedOutput();
        DtlsEndpoint[] endpoints = {server(server), client(client)};
        for (DtlsEndpoint endpoint : endpoints) {
            for (byte[] datagram : datagrams) {
                var _ = endpoint.onDatagram(Unpooled.wrappedBuffer(datagram), 1);
                assertThat(endpoint.awaitIdle(PATIENCE)).isTrue();
            }
            endpoint.close(2);
            Threads.assertEnded(endpoint);
        }
        assertThat(server.events).hasSize(1);
        assertThat(client.events).hasSize(1);
    }

    @Property(tries = 150, seed = "12")
    void mutatedRecordingsEndInAResult(@ForAll long seed) {
        Random random = new Random(seed);
        var server = new RecordedOutput();
        var client = new RecordedOutput();
        DtlsEndpoint[] endpoints = {server(server), client(client)};
        for (int i = 0; i < 12; i++) {
            byte[] datagram = mutated(RECORDED.get(random.nextInt(RECORDED.size())), random);
            for (DtlsEndpoint endpoint : endpoints) {
                var _ = endpoint.onDatagram(Unpooled.wrappedBuffer(datagram), i);
                assertThat(endpoint.awaitIdle(PATIENCE)).isTrue();
            }
        }
        for (DtlsEndpoint endpoint : endpoints) {
            endpoint.onDeadline(DtlsEndpoint.HANDSHAKE_TIMEOUT_NANOS + 100);
            endpoint.close(DtlsEndpoint.HANDSHAKE_TIMEOUT_NANOS + 100);
            Threads.assertEnded(endpoint);
        }
        assertThat(server.events).hasSize(1);
        assertThat(client.events).hasSize(1);
    }

    @Property(tries = 60, seed = "13")
    void aHandshakeWithDamagedDatagramsEndsInAResult(@ForAll long seed) {
        Random random = new Random(seed);
        var pair = new NetworkedPair(seed, NETWORK);
        pair.stranger =
                (datagram, to) -> {
                    if (random.nextInt(3) == 0) {
                        int bit = random.nextInt(datagram.readableBytes() * 8);
                        datagram.setByte(bit / 8, datagram.getByte(bit / 8) ^ (1 << (bit % 8)));
                    }
                };
        pair.drive();
        pair.close();

        assertThat(pair.serverOutput.events.getFirst()).matches("connected|failed .*");
        assertThat(pair.clientOutput.events.getFirst()).matches("connected|failed .*");
    }

    /** What does not change what is said: replays, records of other epochs, junk. */
    @Property(tries = 60, seed = "14")
    void injectedJunkAndReplaysDoNotStopAHandshake(@ForAll long seed) {
        Random random = new Random(seed);
        var pair = new NetworkedPair(seed, NETWORK.withReordering(0.3, 20));
        Map<String, List<byte[]>> seen = new HashMap<>();
        pair.stranger =
                (datagram, to) -> {
                    List<byte[]> seenHere = seen.computeIfAbsent(to, any -> new ArrayList<>());
                    seenHere.add(bytes(datagram));
                    for (int i = 0; i < 5; i++) {
                        pair.inject(Unpooled.wrappedBuffer(harmless(seenHere, random)), to);
                    }
                };
        pair.drive();

        assertThat(pair.isConnected())
                .as("%s %s", pair.clientOutput.events, pair.serverOutput.events)
                .isTrue();
        pair.close();
    }

    private static byte[] harmless(List<byte[]> seen, Random random) {
        byte[] junk = new byte[13 + random.nextInt(200)];
        switch (random.nextInt(3)) {
            case 0 -> {
                return seen.get(random.nextInt(seen.size())).clone();
            }
            case 1 -> random.nextBytes(junk);
            default -> {
                random.nextBytes(junk);
                ByteBuf record = Unpooled.wrappedBuffer(junk);
                record.setByte(0, 20 + random.nextInt(4)).setShort(1, 0xFEFD);
                record.setShort(3, 2 + random.nextInt(9)).setShort(11, junk.length - 13);
            }
        }
        return junk;
    }

    @Test
    void aFloodOfHellosIsAnsweredWithinBounds() {
        var output = new RecordedOutput();
        DtlsEndpoint server = server(output);
        byte[] hello = RECORDED.getFirst();
        for (int i = 0; i < 20_000; i++) {
            var _ = server.onDatagram(Unpooled.wrappedBuffer(hello), i * 1_000_000L / 4);
            if (i % 16 == 0) {
                assertThat(server.awaitIdle(PATIENCE)).isTrue();
            }
        }
        assertThat(server.awaitIdle(PATIENCE)).isTrue();
        assertThat(output.datagrams.size())
                .isLessThanOrEqualTo(OutboundFlight.MAX_HANDSHAKE_DATAGRAMS);
        server.close(0);
        Threads.assertEnded(server);
    }

    @Test
    void aFloodWhileTheThreadIsBusyFillsTheInboxAndNoMore() {
        var output = new RecordedOutput();
        DtlsEndpoint server = server(output);
        int full = 0;
        byte[] hello = RECORDED.getFirst();
        for (int i = 0; i < 100_000; i++) {
            DtlsStatus status = server.onDatagram(Unpooled.wrappedBuffer(hello), i);
            full += status == DtlsStatus.INBOX_FULL ? 1 : 0;
        }
        assertThat(full).isPositive();
        assertThat(server.awaitIdle(PATIENCE)).isTrue();
        server.close(0);
        Threads.assertEnded(server);
    }

    private static byte[] mutated(byte[] datagram, Random random) {
        byte[] mutant = datagram.clone();
        for (int i = random.nextInt(4); i > 0; i--) {
            mutant[random.nextInt(mutant.length)] = (byte) random.nextInt(256);
        }
        return random.nextInt(6) == 0
                ? Arrays.copyOf(mutant, random.nextInt(mutant.length + 20))
                : mutant;
    }

    private static DtlsEndpoint server(RecordedOutput output) {
        return DtlsEndpoint.server(
                DtlsLink.SERVER, DtlsLink.CLIENT.fingerprint(), DtlsLink.PROFILES, output, 0);
    }

    private static DtlsEndpoint client(RecordedOutput output) {
        return DtlsEndpoint.client(
                DtlsLink.CLIENT, DtlsLink.SERVER.fingerprint(), DtlsLink.PROFILES, output, 0);
    }

    private static byte[] bytes(ByteBuf datagram) {
        return ByteBufUtil.getBytes(datagram);
    }
}
