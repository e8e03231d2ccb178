package dev.sluice.server.net;

import dev.sluice.server.router.EngineOutput;
import dev.sluice.server.router.LoopPlace;
import dev.sluice.server.router.MediaEngine;
import dev.sluice.server.session.Mailbox;

import io.netty.channel.EventLoop;

import java.util.function.LongConsumer;

/**
 * The turns of a loop's engine: how each ends, and those that no datagram begins, which are for
 * requests, letters and deadlines.
 */
final class EngineTurns {

    private final EventLoop eventLoop;
    private final MediaEngine engine;
    private final MediaPort sockets;
    private final EngineOutput output;
    private final LoopTimer timer;

    /**
     * @param output to the sockets
     */
    EngineTurns(EventLoop eventLoop, MediaEngine engine, MediaPort sockets, EngineOutput output) {
        this.eventLoop = eventLoop;
        this.engine = engine;
        this.sockets = sockets;
        this.output = output;
        this.timer = new LoopTimer(eventLoop, this::onTimer);
    }

    /** Answers a request; called on the loop. */
    <T> T answer(EngineLoop.Request<T> request) {
        long nowNanos = System.nanoTime();
        try {
            return request.answer(engine, nowNanos, output);
        } finally {
            settleCall(nowNanos);
        }
    }

    /** Opens a letter from any thread. */
    void post(Mailbox.Letter letter) {
        onLoop(
                nowNanos -> {
                    engine.onLetter(letter, nowNanos, output);
                    settleCall(nowNanos);
                });
    }

    /** Opens a letter of another loop, or of this one. */
    void deliver(LoopPlace.Letter letter) {
        onLoop(
                nowNanos -> {
                    engine.onLoopLetter(letter, nowNanos, output);
                    settleCall(nowNanos);
                });
    }

    private void onLoop(LongConsumer work) {
        TurnTaking.execute(eventLoop, () -> run(work));
    }

    /** Does something now; a defect of it must not keep the rest of the loop from going on. */
    private void run(LongConsumer work) {
        try {
            work.accept(System.nanoTime());
        } catch (RuntimeException | Error e) {
            sockets.onDefect(e);
            finish();
        }
    }

    /**
     * Sends what came of a call from outside, or of one TCP connection. Many of them may wait, so
     * the rest of an unfinished turn is not for them: it would keep the loop from its sockets.
     */
    void settleCall(long nowNanos) {
        if (engine.isBehind()) {
            finish();
        } else {
            settle(nowNanos);
        }
    }

    /** Takes a turn with what has gathered, and sends it. */
    void settle(long nowNanos) {
        try {
            engine.settle(nowNanos, output);
        } finally {
            finish();
        }
    }

    /** Sends what was queued, and sets the timer when the next deadline has come nearer. */
    private void finish() {
        sockets.flush();
        long nextNanos = engine.nextDeadlineNanos();
        timer.arm(nextNanos, engine.isBehind() || nextNanos == engine.heldUntilNanos());
    }

    private void onTimer() {
        run(
                nowNanos -> {
                    engine.onDeadline(nowNanos, output);
                    settle(nowNanos);
                });
    }
}
