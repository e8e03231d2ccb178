package dev.sluice.server.net;

/**
 * Which of a server's loops one is.
 *
 * @param loop from 0
 * @param loops how many there are
 */
record LoopNumber(int loop, int loops) {

    boolean isAlone() {
        return loops == 1;
    }
}
