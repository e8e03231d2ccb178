package dev.sluice.server.router;

import dev.sluice.media.time.Deadline;
import dev.sluice.server.session.SessionSink;

/** Something that wants to be called at times. */
abstract class Timed {

    /** The deadline under which it waits in the engine's queue. */
    long armedNanos = Deadline.NEVER;

    abstract void onDeadline(long nowNanos, SessionSink out);

    abstract long nextDeadlineNanos();
}
