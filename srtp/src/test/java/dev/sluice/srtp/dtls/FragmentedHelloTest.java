package dev.sluice.srtp.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** ClientHellos of more than a datagram, as post-quantum key shares make them. */
class FragmentedHelloTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 64, 200, 577, 1175})
    void isPutTogetherWhateverTheSizeOfItsFragments(int sizeBytes) {
        DtlsLink link = postQuantumLink();
        byte[] hello = takeHello(link);
        assertThat(hello.length).isGreaterThan(TestHello.POST_QUANTUM_BYTES + 100);
        deliver(link, TestHello.fragments(hello, sizeBytes, 0));

        assertConnects(link);
    }

    @Property(tries = 40, seed = "1")
    void isPutTogetherFromShuffledRepeatedAndOverlappingFragments(
            @ForAll long seed, @ForAll @IntRange(min = 40, max = 1_175) int sizeBytes) {
        Random random = new Random(seed);
        DtlsLink link = postQuantumLink();
        byte[] hello = takeHello(link);
        List<byte[]> datagrams = new ArrayList<>(TestHello.fragments(hello, sizeBytes, 0));
        int length = hello.length - MessageHeader.SIZE_BYTES;
        for (int i = 0; i < 8; i++) {
            int offset = random.nextInt(length);
            int end = offset + 1 + random.nextInt(Math.min(1_175, length - offset));
            datagrams.add(TestHello.fragment(hello, offset, end, 100 + i));
            datagrams.add(datagrams.get(random.nextInt(datagrams.size())));
        }
        Collections.shuffle(datagrams, random);
        deliver(link, datagrams);

        assertConnects(link);
    }

    @Test
    void isPutTogetherFromTwoAttemptsThatWereCutDifferently() {
        DtlsLink link = postQuantumLink();
        byte[] hello = takeHello(link);
        List<byte[]> first = TestHello.fragments(hello, 300, 0);
        List<byte[]> second = TestHello.fragments(hello, 410, first.size());
        // Of each attempt every other datagram is lost.
        for (int i = 0; i < first.size(); i += 2) {
            deliver(link, List.of(first.get(i)));
        }
        for (int i = 1; i < second.size(); i += 2) {
            deliver(link, List.of(second.get(i)));
        }
        assertThat(link.serverOutput.datagrams).isEmpty();
        deliver(link, second);

        assertConnects(link);
    }

    /** Otherwise somebody could make us put together what nobody said. */
    @Test
    void fragmentsOfAnotherMessageOfTheSameNumberAreLeftOut() {
        DtlsLink link = postQuantumLink();
        byte[] hello = takeHello(link);
        List<byte[]> fragments = TestHello.fragments(hello, 500, 0);
        byte[] longer = hello.clone();
        longer[3]++;
        deliver(link, List.of(fragments.getFirst()));
        deliver(link, List.of(TestHello.fragment(longer, 500, 900, 50)));
        deliver(link, fragments.subList(1, fragments.size()));

        assertConnects(link);
    }

    @Test
    void aClientThatOffersDtls13IsAnsweredWith12() {
        DtlsNegotiation negotiation = TestHello.negotiation();
        DtlsLink link = new DtlsLink(TestHello.offering13(negotiation, 32), negotiation);

        assertConnects(link);
    }

    private static DtlsLink postQuantumLink() {
        DtlsNegotiation negotiation = TestHello.negotiation();
        return new DtlsLink(
                TestHello.offering13(negotiation, TestHello.POST_QUANTUM_BYTES), negotiation);
    }

    private static byte[] takeHello(DtlsLink link) {
        link.awaitIdle();
        assertThat(link.clientOutput.datagrams).hasSizeGreaterThan(1);
        byte[] hello = TestHello.message(link.clientOutput.datagrams, 0);
        link.clientOutput.datagrams.clear();
        return hello;
    }

    private static void deliver(DtlsLink link, List<byte[]> datagrams) {
        for (byte[] datagram : datagrams) {
            assertThat(link.server.onDatagram(Unpooled.wrappedBuffer(datagram), 1))
                    .isEqualTo(DtlsStatus.OK);
            link.awaitIdle();
        }
    }

    private static void assertConnects(DtlsLink link) {
        link.drive();
        assertThat(link.clientOutput.events).containsExactly("connected");
        assertThat(link.serverOutput.events).containsExactly("connected");
        link.client.close(link.nowNanos);
        link.server.close(link.nowNanos);
        Threads.assertEnded(link.client);
        Threads.assertEnded(link.server);
    }
}
