package dev.sluice.media.ice;

import dev.sluice.media.stun.StunIntegrity;

import org.jspecify.annotations.Nullable;

import java.util.Objects;

/**
 * Our credentials and the peer's, which checks go under from one restart to the next (RFC 8445,
 * sections 7.2.2 and 7.3).
 */
final class CheckCredentials {

    private final IceCredentials local;
    private final StunIntegrity localIntegrity;
    private @Nullable IceCredentials remote;
    private @Nullable StunIntegrity remoteIntegrity;

    CheckCredentials(IceCredentials local) {
        this.local = local;
        this.localIntegrity = StunIntegrity.ofPassword(local.password());
    }

    void onRemote(IceCredentials received) {
        remote = received;
        remoteIntegrity = StunIntegrity.ofPassword(received.password());
    }

    IceCredentials local() {
        return local;
    }

    /** Null before the peer's answer is here. */
    @Nullable IceCredentials remote() {
        return remote;
    }

    /** Whether a request's USERNAME names us, and the peer where that is known already. */
    boolean isAddressedBy(String username) {
        return remote == null
                ? username.startsWith(local.ufrag() + ":")
                : username.equals(local.ufrag() + ":" + remote.ufrag());
    }

    /** Of the peer's requests and our answers to them, which are made with our own password. */
    StunIntegrity localIntegrity() {
        return localIntegrity;
    }

    /** USERNAME of our requests; only once the peer's credentials are here. */
    String requestUsername() {
        return Objects.requireNonNull(remote).ufrag() + ":" + local.ufrag();
    }

    /** Of our requests and the peer's answers; only once the peer's credentials are here. */
    StunIntegrity remoteIntegrity() {
        return Objects.requireNonNull(remoteIntegrity);
    }
}
