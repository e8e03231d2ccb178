package dev.sluice.server.app;

import dev.sluice.sockets.BackgroundThreads;

/** The entry point of the process. */
public final class Main {

    private Main() {}

    /** Runs the command that {@code args} name and exits with its code. */
    public static void main(String[] args) {
        SoftHeapLimit.set();
        ServerRunner server =
                config -> {
                    BackgroundThreads.giveWay();
                    try (MediaServer running = new MediaServer(config)) {
                        running.announce(System.out);
                        running.serveUntilTold();
                    }
                };
        System.exit(
                SluiceCommand.commandLine(server, System.getenv())
                        .execute(SluiceCommand.withDefault(args)));
    }
}
