package dev.sluice.server.signal;

import dev.sluice.media.sdp.IceFragment;
import dev.sluice.server.http.MediaTypes;
import dev.sluice.server.http.Problem;
import dev.sluice.server.http.ProblemException;
import dev.sluice.server.http.RequestBody;
import dev.sluice.server.router.MediaSessions;
import dev.sluice.server.router.PatchOutcome;
import dev.sluice.server.router.Role;
import dev.sluice.server.router.SessionName;

import io.javalin.http.Context;
import io.javalin.http.Header;
import io.javalin.http.HttpStatus;

/** PATCH and DELETE of a session (RFC 9725 sections 4.3 and 4.2). */
final class SessionHandler {

    private final Role role;
    private final Access access;
    private final MediaSessions sessions;

    SessionHandler(Role role, Access access, MediaSessions sessions) {
        this.role = role;
        this.access = access;
        this.sessions = sessions;
    }

    private SessionName name(Context ctx) {
        return new SessionName(role, StreamName.of(ctx), ctx.pathParam("session"));
    }

    void patch(Context ctx) {
        StreamName.of(ctx);
        access.demand(ctx);
        MediaTypes.demandContentType(ctx, MediaTypes.SDP_FRAGMENT);
        IfMatch ifMatch = IfMatch.of(ctx);
        IceFragment fragment = SdpBodies.fragment(RequestBody.text(ctx));
        switch (patch(name(ctx), ifMatch, fragment)) {
            case PatchOutcome.Trickled trickled -> ctx.status(HttpStatus.NO_CONTENT);
            case PatchOutcome.Restarted restarted -> restarted(ctx, restarted);
            case PatchOutcome.Refused refused -> throw new ProblemException(problem(refused));
        }
    }

    /** An entity tag does not matter here (RFC 9725 section 4.3.1). */
    void delete(Context ctx) {
        StreamName.of(ctx);
        access.demand(ctx);
        if (!sessions.end(name(ctx))) {
            throw new ProblemException(unknownSession("It may have ended already."));
        }
        ctx.status(HttpStatus.OK);
    }

    /**
     * One of several entity tags has to match; a stale one changes nothing, so they are tried in
     * turn.
     */
    private PatchOutcome patch(SessionName session, IfMatch ifMatch, IceFragment fragment) {
        if (ifMatch.isAny()) {
            return sessions.patch(session, null, fragment);
        }
        PatchOutcome outcome =
                new PatchOutcome.Refused(
                        PatchOutcome.Reason.STALE_ETAG, "A weak entity tag matches nothing.");
        for (String tag : ifMatch.tags()) {
            outcome = sessions.patch(session, tag, fragment);
            if (!(outcome instanceof PatchOutcome.Refused refused)
                    || refused.reason() != PatchOutcome.Reason.STALE_ETAG) {
                return outcome;
            }
        }
        return outcome;
    }

    private static void restarted(Context ctx, PatchOutcome.Restarted restarted) {
        ctx.status(HttpStatus.OK)
                .header(Header.ETAG, '"' + restarted.etag() + '"')
                .contentType(MediaTypes.SDP_FRAGMENT)
                .result(restarted.fragmentSdp());
    }

    private static Problem problem(PatchOutcome.Refused refused) {
        String detail = refused.detail();
        return switch (refused.reason()) {
            case UNKNOWN_SESSION -> unknownSession(detail);
            case STALE_ETAG ->
                    Problem.of(
                            HttpStatus.PRECONDITION_FAILED,
                            "stale-etag",
                            "This ICE session is over",
                            detail);
            case MALFORMED ->
                    Problem.of(
                            HttpStatus.BAD_REQUEST,
                            "malformed-fragment",
                            "The ICE fragment is malformed",
                            detail);
        };
    }

    static Problem unknownSession(String detail) {
        return Problem.of(
                HttpStatus.NOT_FOUND, "unknown-session", "There is no such session", detail);
    }
}
