package dev.sluice.server.signal;

import dev.sluice.server.config.AuthConfig;
import dev.sluice.server.config.IceServer;
import dev.sluice.server.http.Cors;
import dev.sluice.server.http.MediaTypes;
import dev.sluice.server.http.Resource;
import dev.sluice.server.http.Routes;
import dev.sluice.server.router.MediaSessions;
import dev.sluice.server.router.Role;
import dev.sluice.server.router.SessionDirectory;

import io.javalin.config.RoutesConfig;
import io.javalin.http.HandlerType;

import java.util.List;
import java.util.Map;

/**
 * The resources of WHIP (RFC 9725) and of WHEP (draft-ietf-wish-whep), which are the same but for
 * the direction of media, for who may use them, and for the layers that only a viewer can wish for.
 */
public final class SessionRoutes implements Routes {

    static final String ACCEPT_POST = "Accept-Post";
    static final String ACCEPT_PATCH = "Accept-Patch";

    /** What follows a viewer's session URL. */
    static final String LAYERS = "/layers";

    private static final String SESSION = "/{stream}/sessions/{session}";

    private final MediaSessions sessions;
    private final SessionDirectory directory;
    private final List<IceServer> iceServers;
    private final AuthConfig auth;

    /**
     * @param directory tells a client of its own session
     */
    public SessionRoutes(
            MediaSessions sessions,
            SessionDirectory directory,
            List<IceServer> iceServers,
            AuthConfig auth) {
        this.sessions = sessions;
        this.directory = directory;
        this.iceServers = iceServers;
        this.auth = auth;
    }

    @Override
    public void addTo(RoutesConfig routes, Cors cors) {
        Access publish = Access.toPublish(auth);
        Access watch = Access.toWatch(auth);
        var onPublish =
                new OfferHandler(
                        "/whip",
                        publish,
                        (_, stream, offer) -> sessions.publish(stream, offer),
                        IceServerLinks.of(iceServers),
                        _ -> List.of());
        var onWatch =
                new OfferHandler(
                        "/whep",
                        watch,
                        (ctx, stream, offer) ->
                                sessions.watch(stream, offer, WishReader.query(ctx)),
                        IceServerLinks.of(iceServers),
                        SessionRoutes::viewerLinks);
        add(routes, cors, "/whip", Role.PUBLISHER, publish, onPublish);
        add(routes, cors, "/whep", Role.VIEWER, watch, onWatch);
        addLayers(routes, cors, watch);
    }

    private static List<String> viewerLinks(String session) {
        return List.of("<" + session + LAYERS + ">; rel=\"urn:ietf:params:whep:ext:core:layer\"");
    }

    private void add(
            RoutesConfig routes,
            Cors cors,
            String prefix,
            Role role,
            Access access,
            OfferHandler onOffer) {
        var onSession = new SessionHandler(role, access, sessions);
        var onStats = new OwnStatsHandler(role, access, directory);
        Resource.add(
                routes,
                prefix + "/{stream}",
                Map.of(HandlerType.POST, onOffer),
                cors,
                Map.of(ACCEPT_POST, MediaTypes.SDP));
        Resource.add(
                routes,
                prefix + SESSION,
                Map.of(HandlerType.PATCH, onSession::patch, HandlerType.DELETE, onSession::delete),
                cors,
                Map.of(ACCEPT_PATCH, MediaTypes.SDP_FRAGMENT));
        Resource.add(
                routes,
                prefix + SESSION + "/stats",
                Map.of(HandlerType.GET, onStats, HandlerType.HEAD, onStats),
                cors,
                Map.of());
    }

    private void addLayers(RoutesConfig routes, Cors cors, Access watch) {
        var layers = new LayersHandler(watch, sessions);
        Resource.add(
                routes,
                "/whep" + SESSION + LAYERS,
                Map.of(
                        HandlerType.GET, layers::get,
                        HandlerType.HEAD, layers::get,
                        HandlerType.POST, layers::post,
                        HandlerType.PATCH, layers::patch,
                        HandlerType.DELETE, layers::delete),
                cors,
                Map.of(
                        ACCEPT_POST,
                        MediaTypes.JSON,
                        ACCEPT_PATCH,
                        MediaTypes.MERGE_PATCH + ", " + MediaTypes.JSON));
    }
}
