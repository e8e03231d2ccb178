package dev.sluice.server.router;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * Which loop has what, and how much there is in all: shared by the loops of a server, and safe for
 * any thread. It is asked where sessions are made, moved and ended, and for connectivity checks
 * that a loop knows nothing of; never on the way of media.
 */
public interface Whereabouts {

    /** No loop has it. */
    int NOWHERE = -1;

    /** Counts one more session, unless there are so many already. */
    boolean tryAdmit(int maxSessions);

    /** A session that was counted is no more. */
    void discharge();

    /** Takes the name of a stream for a publisher of the loop; false where another has it. */
    boolean claimStream(String stream, int loop);

    /** The publisher who has the name leaves it. */
    void releaseStream(String stream);

    /** The loop of the stream's publisher. */
    int loopOfStream(String stream);

    void addSession(String id, int loop);

    void removeSession(String id);

    int loopOfSession(String id);

    void addUfrag(String ufrag, int loop);

    void removeUfrag(String ufrag);

    /** The loop of the session that has the ICE user name fragment. */
    int loopOfUfrag(String ufrag);

    /**
     * A session has been sent to another loop; what of it has been removed by now stays so.
     *
     * @param stream the name that it publishes; null for a viewer
     */
    void move(String id, List<String> ufrags, @Nullable String stream, int from, int to);
}
