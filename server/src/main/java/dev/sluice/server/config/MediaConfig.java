package dev.sluice.server.config;

import java.time.Duration;
import java.util.List;

/**
 * Where media flows.
 *
 * @param port the one UDP port of all media, 1 to 65535; 0 is any free port; TCP uses the same
 *     number
 * @param loops threads that carry media, each with sockets of its own; {@link #AUTO_LOOPS} is one
 *     for each processor
 * @param realTime whether they run before other threads where the system lets them, while they are
 *     not busy
 * @param listen IP addresses to bind; empty is every address of the machine
 * @param announce IP addresses or host names that the candidates name instead of the bound ones
 *     (behind NAT, in Docker); empty names the bound ones
 * @param tcp whether clients that cannot use UDP may connect by TCP
 * @param certificateLifetime how long one DTLS certificate is given to new sessions
 * @param estimation of what viewers' networks carry
 * @param pacing of what is sent to viewers
 * @param batching of what is sent to viewers
 */
public record MediaConfig(
        int port,
        int loops,
        boolean realTime,
        List<String> listen,
        List<String> announce,
        boolean tcp,
        Duration certificateLifetime,
        EstimationConfig estimation,
        PacingConfig pacing,
        BatchingConfig batching) {

    /** As many loops as there are processors. */
    public static final int AUTO_LOOPS = 0;

    public MediaConfig {
        listen = List.copyOf(listen);
        announce = List.copyOf(announce);
    }
}
