package dev.sluice.server.signal;

import dev.sluice.server.http.Problem;
import dev.sluice.server.http.ProblemException;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;

import java.util.regex.Pattern;

/** Names of streams: what a URL path holds without escapes (RFC 3986 section 2.3). */
final class StreamName {

    private static final Pattern VALID = Pattern.compile("[A-Za-z0-9._~-]{1,64}");

    private StreamName() {}

    /** The name in the request's path, when it is one. */
    static String of(Context ctx) {
        String name = ctx.pathParam("stream");
        if (!VALID.matcher(name).matches()) {
            String detail =
                    "A stream name has 1 to 64 letters, digits, dots, underscores, tildes or"
                            + " hyphens.";
            String title = "This is no stream name";
            throw new ProblemException(
                    Problem.of(HttpStatus.BAD_REQUEST, "stream-name", title, detail));
        }
        return name;
    }
}
