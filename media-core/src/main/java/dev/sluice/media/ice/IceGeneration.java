package dev.sluice.media.ice;

import dev.sluice.media.stun.StunIntegrity;

/** The credentials between two restarts, and what checks under them must carry. */
final class IceGeneration {

    private final IceCredentials local;
    private final String expectedUsername;
    private final StunIntegrity integrity;

    private final int number;

    private IceGeneration(int number, IceCredentials local, IceCredentials remote) {
        this.number = number;
        this.local = local;
        this.expectedUsername = local.ufrag() + ":" + remote.ufrag();
        this.integrity = StunIntegrity.ofPassword(local.password());
    }

    static IceGeneration first(IceCredentials local, IceCredentials remote) {
        return new IceGeneration(0, local, remote);
    }

    IceGeneration next(IceCredentials newLocal, IceCredentials newRemote) {
        return new IceGeneration(number + 1, newLocal, newRemote);
    }

    boolean isNewerThan(IceGeneration other) {
        return number > other.number;
    }

    IceCredentials local() {
        return local;
    }

    boolean isAddressedBy(String username) {
        return expectedUsername.equals(username);
    }

    /** Checks to us, and our answers to them, are both made with our own password. */
    StunIntegrity integrity() {
        return integrity;
    }
}
