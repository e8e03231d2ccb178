package dev.sluice.server.router;

import org.jspecify.annotations.Nullable;

import java.util.List;

/** What operators ask about sessions; safe for any thread, blocks until answered. */
public interface SessionDirectory {

    /** Every session, the oldest first. */
    List<SessionSummary> list();

    /** The session with this public id; null where there is none. */
    @Nullable SessionStats stats(String publicId);

    /** The session of this URL; null where there is none. */
    @Nullable SessionStats stats(SessionName session);
}
