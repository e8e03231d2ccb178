package dev.sluice.load.app;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import dev.sluice.media.ice.IceCredentials;
import dev.sluice.media.sdp.NegotiationResult;
import dev.sluice.media.sdp.SdpParseException;
import dev.sluice.srtp.keys.CertificateIdentity;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListSet;

/**
 * Answers publishers at any address, but tells no candidate at some of them: ICE fails there.
 * Nothing can be watched.
 */
final class WhipServer implements AutoCloseable {

    private static final int CREATED = 201;
    private static final int OK = 200;

    private final SecureRandom random = new SecureRandom();
    private final CertificateIdentity identity =
            CertificateIdentity.generate(random, Instant.now(), Duration.ofDays(1));
    private final HttpServer http;
    private final Set<String> withoutCandidate;
    private final Set<String> deleted = new ConcurrentSkipListSet<>();
    private final Queue<ServerPeer> peers = new ConcurrentLinkedQueue<>();

    /**
     * @param withoutCandidate paths of endpoints
     */
    WhipServer(Set<String> withoutCandidate) throws IOException {
        this.withoutCandidate = withoutCandidate;
        this.http =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.createContext("/whip", this::handle);
        http.start();
    }

    String root() {
        return "http://127.0.0.1:" + http.getAddress().getPort();
    }

    /** The paths of sessions that their clients have ended. */
    Set<String> deleted() {
        return deleted;
    }

    private void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        byte[] body = exchange.getRequestBody().readAllBytes();
        if (exchange.getRequestMethod().equals("DELETE")) {
            deleted.add(path);
            exchange.sendResponseHeaders(OK, -1);
        } else {
            byte[] answer = answer(path, new String(body, StandardCharsets.UTF_8));
            exchange.getResponseHeaders().add("Location", path + "/session");
            exchange.sendResponseHeaders(CREATED, answer.length);
            exchange.getResponseBody().write(answer);
        }
        exchange.close();
    }

    private byte[] answer(String path, String offer) throws IOException {
        IceCredentials ice = IceCredentials.random(random);
        ServerPeer peer = new ServerPeer(ice, identity);
        peers.add(peer);
        List<String> candidates =
                withoutCandidate.contains(path) ? List.of() : List.of(peer.candidate());
        try {
            NegotiationResult.Negotiated made = Answers.to(offer, ice, identity, candidates);
            peer.serve(made.session());
            return made.answer().write().getBytes(StandardCharsets.UTF_8);
        } catch (SdpParseException e) {
            throw new IOException(e);
        }
    }

    @Override
    public void close() {
        http.stop(0);
        peers.forEach(ServerPeer::close);
    }
}
