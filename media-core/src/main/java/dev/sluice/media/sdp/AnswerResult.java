package dev.sluice.media.sdp;

import java.util.List;

/** What became of an answer to our offer. */
public sealed interface AnswerResult {

    /**
     * The answer is taken.
     *
     * @param session what was agreed on, seen as if the other side had offered it: its credentials,
     *     its streams, and whether we begin the DTLS handshake
     * @param remoteIsLite whether the other side is a lite ICE agent
     * @param flows which way each accepted section goes, in the order of the session's media
     */
    record Applied(NegotiatedSession session, boolean remoteIsLite, List<Flow> flows)
            implements AnswerResult {

        public Applied {
            flows = List.copyOf(flows);
        }
    }

    /**
     * What goes through an accepted section.
     *
     * @param direction seen from us
     * @param sentRids the simulcast layers that the other side takes of us; empty without
     */
    record Flow(String mid, Direction direction, List<String> sentRids) {

        public Flow {
            sentRids = List.copyOf(sentRids);
        }
    }

    /** The answer breaks a rule or cannot be used; a sentence says why. */
    record Refused(String why) implements AnswerResult {}
}
