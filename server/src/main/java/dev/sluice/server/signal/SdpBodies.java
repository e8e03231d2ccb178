package dev.sluice.server.signal;

import dev.sluice.media.sdp.IceFragment;
import dev.sluice.media.sdp.SdpParseException;
import dev.sluice.media.sdp.SessionDescription;
import dev.sluice.server.http.Problem;
import dev.sluice.server.http.ProblemException;

import io.javalin.http.HttpStatus;

/**
 * Reads request bodies as SDP; what is not SDP becomes a 400 that names the line, also as the
 * member {@code line}.
 */
final class SdpBodies {

    private SdpBodies() {}

    static SessionDescription offer(String body) {
        try {
            return SessionDescription.parse(body);
        } catch (SdpParseException e) {
            throw malformed("The offer", e);
        }
    }

    static IceFragment fragment(String body) {
        try {
            return IceFragment.parse(body);
        } catch (SdpParseException e) {
            throw malformed("The ICE fragment", e);
        }
    }

    private static ProblemException malformed(String what, SdpParseException e) {
        String detail = what + " is malformed in " + e.getMessage();
        return new ProblemException(
                Problem.of(HttpStatus.BAD_REQUEST, "malformed-sdp", what + " is malformed", detail)
                        .withExtension("line", e.lineNumber()));
    }
}
