package dev.sluice.server.app;

/** The entry point of the process. */
public final class Main {

    private Main() {}

    /** Runs the command that {@code args} name and exits with its code. */
    public static void main(String[] args) {
        ServerRunner server =
                config -> {
                    throw new StartException("This build has no media server yet.");
                };
        System.exit(
                SluiceCommand.commandLine(server, System.getenv())
                        .execute(SluiceCommand.withDefault(args)));
    }
}
