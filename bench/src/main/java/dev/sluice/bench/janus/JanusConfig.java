package dev.sluice.bench.janus;

import dev.sluice.bench.process.BenchException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The configuration of one Janus: its HTTP API on loopback, the video room and nothing else, quiet
 * logs.
 *
 * @param folder where all of it is put
 * @param apiPort of the HTTP API
 * @param address what media is bound to; Janus takes no loopback address
 * @param eventLoops threads that share the peers; 0: a thread for each peer, Janus's own default
 */
record JanusConfig(Path folder, int apiPort, String address, int eventLoops) {

    /** Warnings and worse. */
    private static final int LOG_LEVEL = 3;

    private static final String PORTS = "20000-40000";
    private static final List<Path> LIBRARIES =
            List.of(
                    Path.of("/usr/lib/x86_64-linux-gnu/janus"),
                    Path.of("/usr/lib/aarch64-linux-gnu/janus"),
                    Path.of("/usr/lib/janus"));

    /** Writes the files. */
    void write() {
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve("janus.jcfg"), main());
            Files.writeString(folder.resolve("janus.transport.http.jcfg"), http());
            Files.writeString(folder.resolve("janus.plugin.videoroom.jcfg"), "general: {\n}\n");
            link("plugins", "libjanus_videoroom.so");
            link("transports", "libjanus_http.so");
        } catch (IOException e) {
            throw new BenchException("Janus cannot be configured: " + e, e);
        }
    }

    /** A folder with this library alone, as Janus loads all that it finds. */
    private void link(String kind, String library) throws IOException {
        Path only = Files.createDirectories(folder.resolve(kind));
        Path link = only.resolve(library);
        Files.deleteIfExists(link);
        Files.createSymbolicLink(link, libraries().resolve(kind).resolve(library));
    }

    private static Path libraries() {
        return LIBRARIES.stream()
                .filter(Files::isDirectory)
                .findFirst()
                .orElseThrow(
                        () ->
                                new BenchException(
                                        "Janus's plugins are in none of %s".formatted(LIBRARIES)));
    }

    String main() {
        return """
        general: {
            configs_folder = "%1$s"
            plugins_folder = "%1$s/plugins"
            transports_folder = "%1$s/transports"
            events_folder = "%1$s/none"
            loggers_folder = "%1$s/none"
            debug_level = %2$d
            session_timeout = 0
            %3$s
        }
        media: {
            rtp_port_range = "%4$s"
        }
        nat: {
            ice_lite = true
            ice_enforce_list = "%5$s"
        }
        """
                .formatted(
                        folder,
                        LOG_LEVEL,
                        eventLoops > 0 ? "event_loops = " + eventLoops : "",
                        PORTS,
                        address);
    }

    String http() {
        return """
        general: {
            json = "compact"
            base_path = "/janus"
            http = true
            port = %d
            ip = "127.0.0.1"
            https = false
        }
        admin: {
            admin_http = false
        }
        """
                .formatted(apiPort);
    }
}
