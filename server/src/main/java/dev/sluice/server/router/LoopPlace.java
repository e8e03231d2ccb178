package dev.sluice.server.router;

/**
 * One loop among those of a server.
 *
 * @param loop its number, from 0
 * @param loops how many there are
 * @param whereabouts shared by all
 * @param post the way to the others, and to itself for later
 */
public record LoopPlace(int loop, int loops, Whereabouts whereabouts, Post post) {

    /** Brings letters to loops. */
    @FunctionalInterface
    public interface Post {

        /** Opens the letter on a loop, soon; those of one sender in the order of their sending. */
        void send(int loop, Letter letter);
    }

    /** What is to be done on another loop. */
    @FunctionalInterface
    public interface Letter {

        void open(MediaEngine engine, long nowNanos);
    }

    void send(int to, Letter letter) {
        post.send(to, letter);
    }
}
