package dev.sluice.server.signal;

import dev.sluice.media.sdp.SessionDescription;
import dev.sluice.server.http.MediaTypes;
import dev.sluice.server.http.Problem;
import dev.sluice.server.http.ProblemException;
import dev.sluice.server.http.RequestBody;
import dev.sluice.server.router.OfferOutcome;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.Header;
import io.javalin.http.HttpStatus;

import java.util.List;
import java.util.function.Function;

/** POST of an SDP offer, which makes a session (RFC 9725 section 4.2). */
final class OfferHandler implements Handler {

    /** Where an offer goes: publishing or watching. */
    interface Offers {
        OfferOutcome make(Context request, String stream, SessionDescription offer);
    }

    private static final String RETRY_SECONDS = "5";

    private final String prefix;
    private final Access access;
    private final Offers offers;
    private final List<String> links;
    private final Function<String, List<String>> sessionLinks;

    /**
     * @param links values of Link headers for every session
     * @param sessionLinks those of one session, by its URL
     */
    OfferHandler(
            String prefix,
            Access access,
            Offers offers,
            List<String> links,
            Function<String, List<String>> sessionLinks) {
        this.prefix = prefix;
        this.access = access;
        this.offers = offers;
        this.links = List.copyOf(links);
        this.sessionLinks = sessionLinks;
    }

    @Override
    public void handle(Context ctx) {
        String stream = StreamName.of(ctx);
        access.demand(ctx);
        MediaTypes.demandContentType(ctx, MediaTypes.SDP);
        MediaTypes.demandAccept(ctx, MediaTypes.SDP);
        SessionDescription offer = SdpBodies.offer(RequestBody.text(ctx));
        switch (offers.make(ctx, stream, offer)) {
            case OfferOutcome.Accepted accepted -> created(ctx, stream, accepted);
            case OfferOutcome.Refused refused -> throw new ProblemException(problem(refused));
        }
    }

    private void created(Context ctx, String stream, OfferOutcome.Accepted session) {
        String location = prefix + "/" + stream + "/sessions/" + session.sessionId();
        links.forEach(link -> ctx.res().addHeader(Header.LINK, link));
        sessionLinks.apply(location).forEach(link -> ctx.res().addHeader(Header.LINK, link));
        ctx.status(HttpStatus.CREATED)
                .header(Header.LOCATION, location)
                .header(Header.ETAG, '"' + session.etag() + '"')
                .header(SessionRoutes.ACCEPT_PATCH, MediaTypes.SDP_FRAGMENT)
                .contentType(MediaTypes.SDP)
                .result(session.answerSdp());
    }

    private static Problem problem(OfferOutcome.Refused refused) {
        String detail = refused.detail();
        return switch (refused.reason()) {
            case STREAM_TAKEN ->
                    Problem.of(
                            HttpStatus.CONFLICT,
                            "stream-taken",
                            "This stream is already being published",
                            detail);
            case NOBODY_PUBLISHES ->
                    Problem.of(
                            HttpStatus.NOT_FOUND,
                            "nobody-publishes",
                            "Nobody publishes this stream",
                            detail);
            case UNACCEPTABLE_OFFER ->
                    Problem.of(
                            HttpStatus.UNPROCESSABLE_CONTENT,
                            "unacceptable-offer",
                            "The offer cannot be accepted",
                            detail);
            case SERVER_FULL -> unavailable("server-full", "The server is full", detail);
            case SHUTTING_DOWN -> unavailable("shutting-down", "The server is stopping", detail);
        };
    }

    private static Problem unavailable(String name, String title, String detail) {
        return Problem.of(HttpStatus.SERVICE_UNAVAILABLE, name, title, detail)
                .withHeader(Header.RETRY_AFTER, RETRY_SECONDS);
    }
}
