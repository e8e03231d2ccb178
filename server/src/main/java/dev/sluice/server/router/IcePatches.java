package dev.sluice.server.router;

import dev.sluice.media.ice.IceCandidate;
import dev.sluice.media.ice.IceCredentials;
import dev.sluice.media.sdp.IceFragment;
import dev.sluice.server.session.PeerSession;
import dev.sluice.server.session.SessionSink;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Trickled candidates and ICE restarts of a session (RFC 9725 4.3). The entity tag is our ufrag.
 */
final class IcePatches {

    private final List<String> candidates;
    private final RandomGenerator random;
    private final SessionTable sessions;

    IcePatches(SessionTable sessions, List<IceCandidate> candidates, RandomGenerator random) {
        this.sessions = sessions;
        this.candidates = SessionFactory.attributeValues(candidates);
        this.random = random;
    }

    PatchOutcome patch(
            String sessionId,
            @Nullable String ifMatch,
            IceFragment fragment,
            long nowNanos,
            SessionSink out) {
        Peer peer = sessions.byId(sessionId);
        if (peer == null) {
            return new PatchOutcome.Refused(
                    PatchOutcome.Reason.UNKNOWN_SESSION, "There is no such session");
        }
        PatchOutcome outcome = patch(peer.session(), ifMatch, fragment, nowNanos, out);
        if (outcome instanceof PatchOutcome.Restarted) {
            sessions.addUfrag(peer);
        }
        return outcome;
    }

    private PatchOutcome patch(
            PeerSession session,
            @Nullable String ifMatch,
            IceFragment fragment,
            long nowNanos,
            SessionSink out) {
        if (!matches(ifMatch, session.localUfrag())) {
            return new PatchOutcome.Refused(
                    PatchOutcome.Reason.STALE_ETAG, "The entity tag is of an earlier ICE session");
        }
        if (fragment.ufrag().isEmpty() || fragment.ufrag().equals(session.remoteUfrag())) {
            return new PatchOutcome.Trickled();
        }
        if (!IceCredentials.isUfrag(fragment.ufrag())
                || !IceCredentials.isPassword(fragment.pwd())) {
            return new PatchOutcome.Refused(
                    PatchOutcome.Reason.MALFORMED,
                    "An ICE restart needs a=ice-ufrag and a=ice-pwd of RFC 8839 5.4");
        }
        IceCredentials local = IceCredentials.random(random);
        session.restartIce(
                local, new IceCredentials(fragment.ufrag(), fragment.pwd()), nowNanos, out);
        return new PatchOutcome.Restarted(
                local.ufrag(),
                IceFragment.restarted(
                                session.negotiated(), local.ufrag(), local.password(), candidates)
                        .write());
    }

    private static boolean matches(@Nullable String ifMatch, String etag) {
        return ifMatch == null
                || ifMatch.equals("*")
                || ifMatch.equals(etag)
                || ifMatch.equals("\"" + etag + "\"");
    }
}
