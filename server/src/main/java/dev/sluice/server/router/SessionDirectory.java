package dev.sluice.server.router;

import java.util.List;
import java.util.Optional;

/** What operators ask about sessions; safe for any thread, blocks until answered. */
public interface SessionDirectory {

    /** Every session, the oldest first. */
    List<SessionSummary> list();

    /** The session with this public id; nothing where there is none. */
    Optional<SessionStats> stats(String publicId);

    /** The session of this URL; nothing where there is none. */
    Optional<SessionStats> stats(SessionName session);
}
