package dev.sluice.bench.runs;

/**
 * What a client is asked to publish.
 *
 * @param codec as SDP names it
 * @param kbps kbit/s
 */
record Wish(String codec, int kbps) {

    @Override
    public String toString() {
        return codec + " at " + kbps + " kbit/s";
    }
}
