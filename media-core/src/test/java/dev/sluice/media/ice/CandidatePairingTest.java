package dev.sluice.media.ice;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.Random;

/** RFC 8445, sections 6.1.2, 7.3.1.3 and 7.3.1.4. */
class CandidatePairingTest {

    private static final LocalCandidate LOCAL =
            LocalCandidate.host(0, new InetSocketAddress("192.0.2.1", 5_000), 65_535);
    private static final RemoteCandidate REMOTE =
            new RemoteCandidate(
                    CandidateType.HOST,
                    CandidateTransport.UDP,
                    new InetSocketAddress("203.0.113.1", 7_000),
                    1_000,
                    "1");
    private static final NetworkPath PATH = new NetworkPath(0, REMOTE.address());
    private static final NetworkPath OTHER_PATH =
            new NetworkPath(0, new InetSocketAddress("203.0.113.9", 9_000));
    private static final long CHECK_PRIORITY = 10;

    private final AgentRole role = new AgentRole(IceRole.CONTROLLING, new Random(1));
    private final LocalCandidates locals = new LocalCandidates();
    private final RemoteCandidates remotes = new RemoteCandidates();
    private final CheckList list = new CheckList();
    private final Nomination nomination = new Nomination(role, remotes, list, new ChecksInFlight());
    private final CandidatePairing pairing =
            new CandidatePairing(role, locals, remotes, list, nomination);

    @Test
    void candidatesArePairedWhicheverComesFirst() {
        pairing.onRemoteCandidate(REMOTE);
        assertThat(list.pairs()).isEmpty();
        pairing.onLocalCandidate(LOCAL);
        locals.add(LOCAL);
        assertThat(list.pairs()).extracting(CandidatePair::path).containsExactly(PATH);

        var second = new InetSocketAddress("203.0.113.1", 7_001);
        pairing.onRemoteCandidate(
                new RemoteCandidate(CandidateType.HOST, CandidateTransport.UDP, second, 1, "1"));
        assertThat(list.pairs())
                .extracting(CandidatePair::path)
                .containsExactly(PATH, new NetworkPath(0, second));
    }

    @Test
    void aCheckByTheSamePathMakesNoSecondPair() {
        CandidatePair pair = pairing.ofRequest(LOCAL, PATH, CHECK_PRIORITY);
        assertThat(pair).isNotNull();
        assertThat(pairing.ofRequest(LOCAL, PATH, CHECK_PRIORITY)).isSameAs(pair);
    }

    @Test
    void whatThePeerTellsOfACandidateReplacesWhatItsCheckHasShown() {
        CandidatePair pair = Objects.requireNonNull(pairing.ofRequest(LOCAL, PATH, CHECK_PRIORITY));
        assertThat(pair.remote().type()).isEqualTo(CandidateType.PEER_REFLEXIVE);
        assertThat(pair.remote().priority()).isEqualTo(CHECK_PRIORITY);

        assertThat(pairing.onRemoteCandidate(REMOTE)).isEqualTo(RemoteCandidateStatus.ADDED);
        assertThat(pair.remote()).isEqualTo(REMOTE);
    }

    private void selectAPair() {
        CandidatePair pair = Objects.requireNonNull(pairing.ofRequest(LOCAL, PATH, CHECK_PRIORITY));
        pair.onSuccess(0);
        nomination.onNominated(pair, 0);
    }

    /** RFC 8445, section 8.1.1. */
    @Test
    void theControllingAgentMakesNoMorePairsOnceOneIsSelected() {
        selectAPair();

        assertThat(pairing.ofRequest(LOCAL, OTHER_PATH, CHECK_PRIORITY)).isNull();
        assertThat(pairing.ofRequest(LOCAL, PATH, CHECK_PRIORITY)).isNotNull();
    }

    @Test
    void theControlledAgentMakesPairsOfChecksEvenThen() {
        selectAPair();
        role.onConflict(IceRole.CONTROLLING);

        assertThat(pairing.ofRequest(LOCAL, OTHER_PATH, CHECK_PRIORITY)).isNotNull();
    }
}
