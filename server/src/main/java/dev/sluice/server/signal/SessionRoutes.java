package dev.sluice.server.signal;

import dev.sluice.server.config.AuthConfig;
import dev.sluice.server.config.IceServer;
import dev.sluice.server.router.MediaSessions;
import dev.sluice.server.router.Role;

import io.javalin.config.RoutesConfig;
import io.javalin.http.HandlerType;

import java.util.List;
import java.util.Map;

/**
 * The resources of WHIP (RFC 9725) and of WHEP (draft-ietf-wish-whep), which are the same but for
 * the direction of media and for who may use them.
 */
final class SessionRoutes {

    static final String ACCEPT_POST = "Accept-Post";
    static final String ACCEPT_PATCH = "Accept-Patch";

    private final MediaSessions sessions;
    private final List<IceServer> iceServers;
    private final Cors cors;

    SessionRoutes(MediaSessions sessions, List<IceServer> iceServers, Cors cors) {
        this.sessions = sessions;
        this.iceServers = iceServers;
        this.cors = cors;
    }

    void addTo(RoutesConfig routes, AuthConfig auth) {
        add(routes, "/whip", Role.PUBLISHER, Access.toPublish(auth), sessions::publish);
        add(routes, "/whep", Role.VIEWER, Access.toWatch(auth), sessions::watch);
    }

    private void add(
            RoutesConfig routes,
            String prefix,
            Role role,
            Access access,
            OfferHandler.Offers offers) {
        var onOffer = new OfferHandler(prefix, access, offers, iceServers);
        var onSession = new SessionHandler(role, access, sessions);
        Resource.add(
                routes,
                prefix + "/{stream}",
                Map.of(HandlerType.POST, onOffer),
                cors,
                Map.of(ACCEPT_POST, MediaTypes.SDP));
        Resource.add(
                routes,
                prefix + "/{stream}/sessions/{session}",
                Map.of(HandlerType.PATCH, onSession::patch, HandlerType.DELETE, onSession::delete),
                cors,
                Map.of(ACCEPT_PATCH, MediaTypes.SDP_FRAGMENT));
    }
}
