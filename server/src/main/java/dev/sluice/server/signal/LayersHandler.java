package dev.sluice.server.signal;

import dev.sluice.server.http.MediaTypes;
import dev.sluice.server.http.Problem;
import dev.sluice.server.http.ProblemException;
import dev.sluice.server.http.RequestBody;
import dev.sluice.server.http.Responses;
import dev.sluice.server.router.LayerOutcome;
import dev.sluice.server.router.LayerState;
import dev.sluice.server.router.LayerWish;
import dev.sluice.server.router.MediaSessions;
import dev.sluice.server.router.Role;
import dev.sluice.server.router.SessionName;
import dev.sluice.server.router.TrackLayers;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The layers of a viewer's video, in the manner of the video layer selection extension that
 * draft-ietf-wish-whep-02 had: GET tells them, POST makes a wish, PATCH changes parts of it, DELETE
 * takes it back.
 */
final class LayersHandler {

    private final Access access;
    private final MediaSessions sessions;

    LayersHandler(Access access, MediaSessions sessions) {
        this.access = access;
        this.sessions = sessions;
    }

    private SessionName demand(Context ctx) {
        String stream = StreamName.of(ctx);
        access.demand(ctx);
        return new SessionName(Role.VIEWER, stream, ctx.pathParam("session"));
    }

    void get(Context ctx) {
        answer(ctx, sessions.layers(demand(ctx)));
    }

    void post(Context ctx) {
        SessionName session = demand(ctx);
        MediaTypes.demandContentType(ctx, MediaTypes.JSON);
        WishReader.Body body = WishReader.body(RequestBody.text(ctx));
        answer(ctx, sessions.wish(session, body.mediaId(), _ -> body.form().wish()));
    }

    /** As JSON merge patch (RFC 7396): null takes a member back. */
    void patch(Context ctx) {
        SessionName session = demand(ctx);
        MediaTypes.demandContentType(ctx, MediaTypes.JSON, MediaTypes.MERGE_PATCH);
        WishReader.Body body = WishReader.body(RequestBody.text(ctx));
        answer(ctx, sessions.wish(session, body.mediaId(), body.form().merging()));
    }

    void delete(Context ctx) {
        answer(ctx, sessions.forgetWishes(demand(ctx)));
    }

    private static void answer(Context ctx, LayerOutcome outcome) {
        switch (outcome) {
            case LayerOutcome.Layers(List<TrackLayers> tracks) -> Responses.json(ctx, json(tracks));
            case LayerOutcome.Refused refused -> throw new ProblemException(problem(refused));
        }
    }

    private static Map<String, Object> json(List<TrackLayers> tracks) {
        Map<String, Object> byMid = new LinkedHashMap<>();
        tracks.forEach(track -> byMid.put(track.mid(), json(track)));
        return byMid;
    }

    private static Map<String, Object> json(TrackLayers track) {
        Map<String, LayerState> encodings = new LinkedHashMap<>();
        track.layers()
                .forEach(layer -> encodings.merge(layer.encodingId(), layer, LayersHandler::best));
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("active", encodings(encodings, true));
        members.put("inactive", encodings(encodings, false));
        members.put("layers", track.layers().stream().map(LayersHandler::layer).toList());
        members.put("wish", WishForm.json(track.wish()));
        return members;
    }

    /** What stands for an encoding: its highest layer that is active. */
    private static LayerState best(LayerState before, LayerState next) {
        return next.isActive() || !before.isActive() ? next : before;
    }

    private static List<Map<String, Object>> encodings(
            Map<String, LayerState> encodings, boolean areActive) {
        return encodings.values().stream()
                .filter(layer -> layer.isActive() == areActive)
                .map(layer -> json(layer, "id", false))
                .toList();
    }

    private static Map<String, Object> layer(LayerState layer) {
        return json(layer, "encodingId", true);
    }

    private static Map<String, Object> json(LayerState layer, String idMember, boolean withIds) {
        Map<String, Object> members = new LinkedHashMap<>();
        if (!layer.encodingId().isEmpty()) {
            members.put(idMember, layer.encodingId());
        }
        members.put("simulcastIdx", layer.simulcastIndex());
        if (withIds && layer.spatialLayer() != LayerWish.ANY) {
            members.put("spatialLayerId", layer.spatialLayer());
            members.put("temporalLayerId", layer.temporalLayer());
        }
        if (layer.isActive()) {
            members.put("bitrate", layer.bitrateBps());
        }
        if (layer.width() > 0 && layer.height() > 0) {
            members.put("width", layer.width());
            members.put("height", layer.height());
        }
        if (withIds) {
            members.put("forwarded", layer.isForwarded());
        }
        return members;
    }

    private static Problem problem(LayerOutcome.Refused refused) {
        String detail = refused.detail();
        return switch (refused.reason()) {
            case UNKNOWN_SESSION -> SessionHandler.unknownSession(detail);
            case UNKNOWN_MEDIA ->
                    Problem.of(
                            HttpStatus.NOT_FOUND,
                            "unknown-media",
                            "There is no such video section",
                            detail);
            case UNKNOWN_LAYER ->
                    Problem.of(
                            HttpStatus.UNPROCESSABLE_CONTENT,
                            "unknown-layer",
                            "There is no such layer",
                            detail);
        };
    }
}
