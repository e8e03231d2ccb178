package dev.sluice.bench.process;

/** A server that runs, and that the load tool can use. */
public interface ServerUnderTest extends AutoCloseable {

    /** Of its process. */
    long pid();

    /** Where to publish; {@code {n}} stands for the stream's number. */
    String whip();

    /** Where to watch; likewise. */
    String whep();

    /** Ends the server. */
    @Override
    void close();
}
