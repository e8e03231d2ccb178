package dev.sluice.bench.process;

/** Something that the measurement needs is missing or failed; the message says what to do. */
public final class BenchException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public BenchException(String message) {
        super(message);
    }

    public BenchException(String message, Throwable cause) {
        super(message, cause);
    }
}
