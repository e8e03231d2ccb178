package dev.sluice.media.ice;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.UnpooledByteBufAllocator;

import org.junit.jupiter.api.Test;

import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.Random;

/** RFC 8445, section 9. */
class CheckGenerationsTest {

    private static final String PASSWORD = "aPasswordOfEnoughCharacters";
    private static final LocalCandidate LOCAL =
            LocalCandidate.host(0, new InetSocketAddress("192.0.2.1", 5_000), 65_535);

    private final Random random = new Random(1);
    private final RecordingIceSink out = new RecordingIceSink();
    private final CheckGenerations generations =
            new CheckGenerations(
                    credentials("first"),
                    new AgentRole(IceRole.CONTROLLED, random),
                    new LocalCandidates(),
                    UnpooledByteBufAllocator.DEFAULT,
                    random);

    private static IceCredentials credentials(String ufrag) {
        return new IceCredentials(ufrag, PASSWORD);
    }

    /** A pair of the current generation that has been checked with success. */
    private CandidatePair validPair(int port) {
        var path = new NetworkPath(0, new InetSocketAddress("203.0.113.1", port));
        CandidatePair pair =
                Objects.requireNonNull(generations.current().pairing().ofRequest(LOCAL, path, 1));
        pair.onSuccess(0);
        return pair;
    }

    @Test
    void checksUnderTheOldCredentialsAreServedUntilTheRestartIsComplete() {
        validPair(1);
        IceChecks first = generations.current();
        generations.restart(credentials("second"), true, out);
        assertThat(generations.addressedBy("first:peer")).isSameAs(first);
        assertThat(generations.addressedBy("second:peer")).isSameAs(generations.current());
        assertThat(generations.addressedBy("other:peer")).isNull();
        assertThat(generations.addressedBy(null)).isNull();

        generations.retirePrevious(out);
        assertThat(generations.addressedBy("first:peer")).isNull();
        assertThat(out.events).containsExactly("ufrag retired first");
    }

    @Test
    void aRestartWithNothingInUseRetiresTheOldCredentialsAtOnce() {
        generations.restart(credentials("second"), false, out);
        assertThat(out.events).containsExactly("ufrag retired first");
        assertThat(generations.addressedBy("first:peer")).isNull();
    }

    @Test
    void ofTwoRestartsInARowThePairOfBeforeTheFirstStays() {
        CandidatePair pair = validPair(1);
        IceChecks first = generations.current();
        generations.restart(credentials("second"), true, out);
        generations.restart(credentials("third"), true, out);
        assertThat(out.events).containsExactly("ufrag retired second");
        assertThat(generations.of(pair)).isSameAs(first);
        assertThat(generations.bestUnselected()).isSameAs(pair);
    }

    @Test
    void whatWasInUseBeforeARestartGoesBeforeWhatIsNotSelectedYet() {
        CandidatePair old = validPair(1);
        generations.restart(credentials("second"), true, out);
        CandidatePair found = validPair(2);
        assertThat(generations.bestUnselected()).isSameAs(old);

        generations.onTcpClosed(Objects.requireNonNull(old.path()));
        assertThat(generations.bestUnselected()).isSameAs(found);
    }

    @Test
    void thePathsOfBothGenerationsAreValid() {
        validPair(1);
        generations.announcePaths(out);
        generations.restart(credentials("second"), true, out);
        validPair(2);
        generations.announcePaths(out);
        assertThat(out.events).containsExactly("validated 1", "validated 2");

        out.events.clear();
        generations.retirePrevious(out);
        generations.announcePaths(out);
        assertThat(out.events).containsExactly("ufrag retired first", "retired 1");
    }

    @Test
    void afterTheEndNoPathIsValidAndNoCredentialsOfBeforeAreServed() {
        validPair(1);
        generations.restart(credentials("second"), true, out);
        validPair(2);
        generations.announcePaths(out);
        out.events.clear();

        generations.stop(out);
        assertThat(out.events)
                .containsExactlyInAnyOrder("ufrag retired first", "retired 1", "retired 2");
        assertThat(generations.bestUnselected()).isNull();
    }
}
