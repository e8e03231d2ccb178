package dev.sluice.bench.runs;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import dev.sluice.bench.process.BenchException;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Gives browsers the page that publishes, and hears from all clients how that went. */
final class Reports implements AutoCloseable {

    /** What a client says when it publishes; anything else is the reason why it does not. */
    static final String PUBLISHING = "ok";

    private static final int MAX_REPORT_BYTES = 4096;

    private final HttpServer http;
    private final BlockingQueue<String> reports = new LinkedBlockingQueue<>();

    private Reports(HttpServer http) {
        this.http = http;
    }

    /** Starts on a free port of loopback. */
    static Reports start(Path page) {
        try {
            InetAddress loopback = InetAddress.getLoopbackAddress();
            HttpServer http = HttpServer.create(new InetSocketAddress(loopback, 0), 0);
            Reports reports = new Reports(http);
            byte[] html = Files.readAllBytes(page);
            http.createContext("/publish.html", exchange -> answer(exchange, 200, html));
            http.createContext("/report", reports::take);
            http.start();
            return reports;
        } catch (IOException e) {
            throw new BenchException("Cannot serve " + page + ": " + e, e);
        }
    }

    private void take(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(MAX_REPORT_BYTES);
        reports.add(new String(body, StandardCharsets.UTF_8));
        answer(exchange, 200, new byte[0]);
    }

    private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        try (exchange) {
            exchange.getResponseHeaders().add("Content-Type", "text/html; charset=utf-8");
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            if (body.length > 0) {
                exchange.getResponseBody().write(body);
            }
        }
    }

    String base() {
        return "http://127.0.0.1:" + http.getAddress().getPort();
    }

    /** Forgets what clients before said. */
    void clear() {
        reports.clear();
    }

    /** The next report; null when none comes in time. */
    @Nullable String await(int seconds) throws InterruptedException {
        return reports.poll(seconds, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        http.stop(0);
    }
}
