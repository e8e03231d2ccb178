package dev.sluice.media.ice;

/** A path on which the peer has proved that it knows the credentials. */
final class ValidatedPath {

    private final NetworkPath path;
    private IceGeneration generation;
    private boolean nominated;
    private long lastHeardNanos;

    ValidatedPath(NetworkPath path, IceGeneration generation) {
        this.path = path;
        this.generation = generation;
    }

    void onCheck(IceGeneration under, boolean nominates, long nowNanos) {
        if (under.isNewerThan(generation)) {
            generation = under;
            nominated = false;
        }
        nominated |= nominates;
        lastHeardNanos = nowNanos;
    }

    void onMedia(long nowNanos) {
        lastHeardNanos = nowNanos;
    }

    NetworkPath path() {
        return path;
    }

    boolean isOf(IceGeneration wanted) {
        return generation == wanted;
    }

    boolean isNominated() {
        return nominated;
    }

    /** When a check or media last came by it. */
    long lastHeardNanos() {
        return lastHeardNanos;
    }
}
