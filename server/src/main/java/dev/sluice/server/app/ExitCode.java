package dev.sluice.server.app;

/** What the process tells its starter when it ends. */
final class ExitCode {

    static final int OK = 0;

    /** The server could not start, or is not healthy, or failed. */
    static final int FAILED = 1;

    /** The configuration or the command line is wrong. */
    static final int REFUSED = 2;

    private ExitCode() {}
}
