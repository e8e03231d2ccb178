package dev.sluice.server.session;

/** The way from another thread into the loop that owns a session. */
@FunctionalInterface
public interface Mailbox {

    /** Runs the letter on the loop, soon; may be called by any thread. */
    void post(Letter letter);

    /** What is to be done on the loop. */
    @FunctionalInterface
    interface Letter {

        void open(long nowNanos, SessionSink out);
    }
}
