package dev.sluice.srtp.store;

import dev.sluice.srtp.keys.SrtpKeys;

/**
 * A session's keys of one version.
 *
 * @param version 1 for the first keys, one more for each rotation
 * @param keys for the caller to wipe when nobody needs them any more
 */
public record StoredKeys(String sessionId, int version, SrtpKeys keys) {}
