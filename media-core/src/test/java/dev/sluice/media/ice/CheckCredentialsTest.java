package dev.sluice.media.ice;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** RFC 8445, sections 7.2.2 and 7.3. */
class CheckCredentialsTest {

    private static final IceCredentials OURS =
            new IceCredentials("ours", "ourPasswordOurPasswordOur");
    private static final IceCredentials THEIRS =
            new IceCredentials("they", "theirPasswordTheirPasswor");

    private final CheckCredentials credentials = new CheckCredentials(OURS);

    @Test
    void anyPeerMayAddressUsBeforeItsAnswerIsHere() {
        assertThat(credentials.isAddressedBy("ours:they")).isTrue();
        assertThat(credentials.isAddressedBy("ours:else")).isTrue();
        assertThat(credentials.isAddressedBy("oursx:they")).isFalse();
        assertThat(credentials.isAddressedBy("ours")).isFalse();
    }

    @Test
    void onlyThePeerMayAddressUsOnceItsAnswerIsHere() {
        credentials.onRemote(THEIRS);
        assertThat(credentials.isAddressedBy("ours:they")).isTrue();
        assertThat(credentials.isAddressedBy("ours:else")).isFalse();
        assertThat(credentials.isAddressedBy("ours:theyx")).isFalse();
    }

    @Test
    void ourRequestsNameThePeerFirst() {
        credentials.onRemote(THEIRS);
        assertThat(credentials.requestUsername()).isEqualTo("they:ours");
    }
}
