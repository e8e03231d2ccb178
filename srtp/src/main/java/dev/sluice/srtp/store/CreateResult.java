package dev.sluice.srtp.store;

/** What became of a request for a new session's keys. */
public sealed interface CreateResult {

    /** The keys exist now, in the store too. */
    record Created(StoredKeys stored) implements CreateResult {}

    /**
     * The session has keys, which stay as they are.
     *
     * @param currentVersion the newest
     */
    record AlreadyExists(int currentVersion) implements CreateResult {}
}
