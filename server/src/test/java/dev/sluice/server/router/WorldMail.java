package dev.sluice.server.router;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The letters of a world: between loops, and from DTLS threads, which alone may send at any time.
 */
final class WorldMail {

    /** For one loop, or for whoever it concerns where that is none. */
    private record Mail(int loop, Runnable letter) {}

    private static final int NO_LOOP = -1;

    private final BlockingQueue<Mail> waiting = new LinkedBlockingQueue<>();
    private final Set<Integer> stalled = new HashSet<>();
    private final List<Mail> held = new ArrayList<>();
    private final int loops;
    private final Random order;
    private boolean unruly;

    WorldMail(int loops, Random order) {
        this.loops = loops;
        this.order = order;
    }

    void send(int loop, Runnable letter) {
        waiting.add(new Mail(loop, letter));
    }

    /** A letter to somebody who is no loop. */
    void send(Runnable letter) {
        waiting.add(new Mail(NO_LOOP, letter));
    }

    /** What is for the loop is held from now on. */
    void stall(int loop) {
        stalled.add(loop);
    }

    void resume(int loop) {
        stalled.remove(loop);
        List<Mail> released = List.copyOf(held);
        held.clear();
        released.forEach(one -> (stalled.contains(one.loop()) ? held : waiting).add(one));
    }

    boolean isStalled(int loop) {
        return stalled.contains(loop);
    }

    /** Whether letters of different loops overtake each other, and some wait for a while. */
    void beUnruly(boolean isUnruly) {
        unruly = isUnruly;
    }

    boolean isUnruly() {
        return unruly;
    }

    void open() {
        if (unruly) {
            openSome();
        } else {
            openAll();
        }
    }

    void openAll() {
        for (Mail letter = waiting.poll(); letter != null; letter = waiting.poll()) {
            open(letter);
        }
    }

    /** Loops come to their mail at different times; each opens it in order. */
    private void openSome() {
        Set<Integer> late = new HashSet<>();
        for (int loop = 0; loop < loops; loop++) {
            if (order.nextInt(4) == 0) {
                late.add(loop);
            }
        }
        for (int i = waiting.size(); i > 0; i--) {
            Mail letter = waiting.remove();
            if (late.contains(letter.loop())) {
                waiting.add(letter);
            } else {
                open(letter);
            }
        }
    }

    /** Opens one letter if there is one within some milliseconds of real time. */
    void openNext() throws InterruptedException {
        Mail letter = waiting.poll(10, TimeUnit.MILLISECONDS);
        if (letter != null) {
            open(letter);
        }
    }

    private void open(Mail letter) {
        if (stalled.contains(letter.loop())) {
            held.add(letter);
        } else {
            letter.letter().run();
        }
    }
}
