package dev.sluice.bench.run;

/**
 * What is measured: a server, with a provider of ciphers where it is Sluice.
 *
 * @param provider of SRTP's ciphers; empty for others than Sluice
 */
public record Subject(String server, String provider) {

    static final String SLUICE = "sluice";
    static final String JANUS = "janus";

    /** The server chooses the fastest that is there. */
    static final String DEFAULT_PROVIDER = "auto";

    static final Subject OF_JANUS = new Subject(JANUS, "");
    static final Subject OF_SLUICE = new Subject(SLUICE, DEFAULT_PROVIDER);

    boolean isSluice() {
        return server.equals(SLUICE);
    }

    String name() {
        return isSluice() && !provider.equals(DEFAULT_PROVIDER) ? server + " " + provider : server;
    }
}
