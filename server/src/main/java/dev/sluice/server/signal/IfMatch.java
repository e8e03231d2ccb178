package dev.sluice.server.signal;

import dev.sluice.server.http.Problem;
import dev.sluice.server.http.ProblemException;

import io.javalin.http.Context;
import io.javalin.http.Header;
import io.javalin.http.HttpStatus;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The If-Match header (RFC 9110 section 13.1.1) of a PATCH.
 *
 * @param tags the strong entity tags without their quotes; empty when {@code isAny}. A weak tag
 *     matches nothing and is left out.
 * @param isAny whether it is {@code *}
 */
record IfMatch(List<String> tags, boolean isAny) {

    private static final int MAX_TAGS = 8;
    private static final Pattern TAG =
            Pattern.compile(
                    "\\G\\s*(?<weak>W/)?\"(?<opaque>[\\x21\\x23-\\x7e\\x80-\\xff]*)\"\\s*(?:,|$)");

    /** Returns the header; RFC 9725 section 4.3.1 answers 428 where there is none. */
    static IfMatch of(Context ctx) {
        String value = ctx.header(Header.IF_MATCH);
        if (value == null) {
            String detail =
                    "A PATCH needs If-Match with the current ETag; an ICE restart needs If-Match:"
                            + " *.";
            throw new ProblemException(Problem.of(HttpStatus.PRECONDITION_REQUIRED, detail));
        }
        IfMatch parsed = parse(value.strip());
        if (parsed == null) {
            String detail = "If-Match must hold * or quoted entity tags, not " + value;
            throw new ProblemException(Problem.of(HttpStatus.BAD_REQUEST, detail));
        }
        return parsed;
    }

    static @Nullable IfMatch parse(String value) {
        if (value.equals("*")) {
            return new IfMatch(List.of(), true);
        }
        var tags = new ArrayList<String>();
        Matcher matcher = TAG.matcher(value);
        int end = 0;
        while (end < value.length() && matcher.find()) {
            end = matcher.end();
            if (matcher.group("weak") == null) {
                tags.add(matcher.group("opaque"));
            }
        }
        boolean isWellFormed = !value.isEmpty() && end == value.length() && tags.size() <= MAX_TAGS;
        return isWellFormed ? new IfMatch(List.copyOf(tags), false) : null;
    }
}
