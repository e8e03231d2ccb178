package dev.sluice.bench.janus;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import dev.sluice.media.sdp.SdpParseException;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/**
 * WHIP and WHEP in front of Janus: {@code POST /whip/{stream}}, {@code POST /whep/{stream}}, and
 * {@code DELETE} of the session that the answer names. For the load tool on this machine; there is
 * no trickle and no authentication.
 */
final class JanusGateway implements AutoCloseable {

    private static final int BACKLOG = 1024;
    private static final int NONE = -1;
    private static final String WHIP = "/whip/";
    private static final String WHEP = "/whep/";
    private static final String SESSION = "/session/";

    private final JanusRooms rooms;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, JanusSession> sessions = new ConcurrentHashMap<>();
    private final AtomicLong ids = new AtomicLong();

    /**
     * @throws IOException when no port of loopback is to be had
     */
    JanusGateway(JanusRooms rooms) throws IOException {
        this.rooms = rooms;
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        this.server = HttpServer.create(any, BACKLOG);
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    /** Where it listens. */
    String base() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = read(exchange);
            String path = exchange.getRequestURI().getPath();
            if (exchange.getRequestMethod().equals("DELETE")) {
                end(exchange, path);
            } else if (path.startsWith(WHIP)) {
                tell(exchange, Optional.of(rooms.publish(path.substring(WHIP.length()), body)));
            } else if (path.startsWith(WHEP)) {
                tell(exchange, rooms.watch(path.substring(WHEP.length()), body));
            } else {
                respond(exchange, 404, "There is nothing at " + path);
            }
        } catch (IOException | IllegalArgumentException | SdpParseException e) {
            respond(exchange, 502, String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void tell(HttpExchange exchange, Optional<JanusRooms.Joined> joined)
            throws IOException {
        if (joined.isEmpty()) {
            respond(exchange, 404, "Nobody publishes this stream");
            return;
        }
        String location = SESSION + ids.incrementAndGet();
        sessions.put(location, joined.get().session());
        exchange.getResponseHeaders().set("Content-Type", "application/sdp");
        exchange.getResponseHeaders().set("Location", location);
        respond(exchange, 201, joined.get().answer());
    }

    private void end(HttpExchange exchange, String path) throws IOException, InterruptedException {
        @Nullable JanusSession session = sessions.remove(path);
        if (session == null) {
            respond(exchange, 404, "There is no session " + path);
        } else {
            session.destroy();
            exchange.sendResponseHeaders(204, NONE);
        }
    }

    private static String read(HttpExchange exchange) throws IOException {
        return new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static void respond(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
