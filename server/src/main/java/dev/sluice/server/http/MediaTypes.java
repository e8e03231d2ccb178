package dev.sluice.server.http;

import io.javalin.http.Context;
import io.javalin.http.Header;
import io.javalin.http.HttpStatus;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Locale;

/** The media types of signalling, and content negotiation about them. */
public final class MediaTypes {

    public static final String SDP = "application/sdp";
    public static final String JSON = "application/json";
    public static final String MERGE_PATCH = "application/merge-patch+json";
    public static final String SDP_FRAGMENT = "application/trickle-ice-sdpfrag";

    private MediaTypes() {}

    /** Returns when the body has one of these types; parameters such as a charset do not matter. */
    public static void demandContentType(Context ctx, String... expected) {
        String given = ctx.header(Header.CONTENT_TYPE);
        if (given == null || !List.of(expected).contains(essence(given))) {
            String detail =
                    "The body must be %s, not %s.".formatted(String.join(" or ", expected), given);
            throw new ProblemException(Problem.of(HttpStatus.UNSUPPORTED_MEDIA_TYPE, detail));
        }
    }

    /** Returns when the client takes an answer of this type. */
    public static void demandAccept(Context ctx, String offered) {
        if (!isAccepted(ctx.header(Header.ACCEPT), offered)) {
            String detail = "The answer is " + offered + ", which the Accept header leaves out.";
            throw new ProblemException(Problem.of(HttpStatus.NOT_ACCEPTABLE, detail));
        }
    }

    /** The most specific range that matches decides (RFC 9110 section 12.5.1). */
    public static boolean isAccepted(@Nullable String accept, String offered) {
        if (accept == null || accept.isBlank()) {
            return true;
        }
        String anySubtype = offered.substring(0, offered.indexOf('/') + 1) + "*";
        int bestRank = -1;
        boolean isAccepted = false;
        for (String range : accept.split(",", -1)) {
            String type = essence(range);
            int rank =
                    type.equals(offered)
                            ? 2
                            : type.equals(anySubtype) ? 1 : type.equals("*/*") ? 0 : -1;
            if (rank > bestRank) {
                bestRank = rank;
                isAccepted = !isRefused(range);
            }
        }
        return isAccepted;
    }

    private static String essence(String mediaType) {
        int parameters = mediaType.indexOf(';');
        String bare = parameters < 0 ? mediaType : mediaType.substring(0, parameters);
        return bare.strip().toLowerCase(Locale.ROOT);
    }

    /** Whether the range has a weight of zero: {@code q=0}, {@code q=0.000}. */
    private static boolean isRefused(String range) {
        return range.matches("(?i).*;\\s*q\\s*=\\s*0(\\.0*)?\\s*(;.*)?");
    }
}
