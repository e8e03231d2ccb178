package dev.sluice.server.router;

/**
 * A session as its URL names it. All three have to be right: who may watch a stream must not end
 * its publisher's session by naming it as a viewer's.
 *
 * @param id the unguessable part
 */
public record SessionName(Role role, String stream, String id) {}
