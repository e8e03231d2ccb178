package dev.sluice.bench.janus;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.sluice.media.sdp.SdpParseException;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Publishes and watches streams by Janus's video room: a room for each stream. */
final class JanusRooms implements AutoCloseable {

    /** The room has a list of what publishers may use. */
    private static final String VIDEO_CODECS = "vp8,h264,vp9,av1";

    private static final int MAX_PUBLISHERS = 1;

    /** A session and the answer that its peer is given. */
    record Joined(JanusSession session, String answer) {}

    private record Stream(int room, long publisher) {}

    private final URI api;
    private final HttpClient http = HttpClient.newHttpClient();
    private final AtomicInteger rooms = new AtomicInteger(1000);
    private final Map<String, Stream> streams = new ConcurrentHashMap<>();

    JanusRooms(URI api) {
        this.api = api;
    }

    Joined publish(String stream, String offer) throws IOException, InterruptedException {
        JanusSession session = JanusSession.open(http, api);
        int room = rooms.incrementAndGet();
        ObjectNode create =
                JanusMessage.object()
                        .put("request", "create")
                        .put("room", room)
                        .put("publishers", MAX_PUBLISHERS)
                        .put("videocodec", VIDEO_CODECS)
                        .put("audiocodec", "opus")
                        .put("bitrate", 0);
        JanusMessage _ = session.ask(create);
        ObjectNode join =
                JanusMessage.object()
                        .put("request", "joinandconfigure")
                        .put("room", room)
                        .put("ptype", "publisher");
        JanusMessage joined = session.ask(join, "offer", offer);
        streams.put(stream, new Stream(room, joined.publisherId()));
        return new Joined(session, joined.sdp());
    }

    /** Empty when nobody publishes the stream. */
    Optional<Joined> watch(String name, String offer)
            throws IOException, InterruptedException, SdpParseException {
        Stream stream = streams.get(name);
        if (stream == null) {
            return Optional.empty();
        }
        JanusSession session = JanusSession.open(http, api);
        ObjectNode join =
                JanusMessage.object()
                        .put("request", "join")
                        .put("room", stream.room())
                        .put("ptype", "subscriber");
        join.putArray("streams").addObject().put("feed", stream.publisher());
        WovenAnswers answers = WovenAnswers.of(offer, session.ask(join, "", "").sdp());
        ObjectNode start = JanusMessage.object().put("request", "start");
        JanusMessage _ = session.ask(start, "answer", answers.toJanus());
        return Optional.of(new Joined(session, answers.toViewer()));
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
