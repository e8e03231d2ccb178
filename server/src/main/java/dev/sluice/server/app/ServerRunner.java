package dev.sluice.server.app;

import dev.sluice.server.config.SluiceConfig;

/** What {@code sluice run} runs. */
@FunctionalInterface
interface ServerRunner {

    /**
     * Starts the server and returns when it has ended.
     *
     * @throws StartException when it cannot start, in words for the one who started it
     */
    void run(SluiceConfig config) throws StartException, InterruptedException;
}
