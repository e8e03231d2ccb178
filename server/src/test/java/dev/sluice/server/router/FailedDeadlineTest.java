package dev.sluice.server.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.sluice.media.time.Deadline;
import dev.sluice.server.session.SessionSink;

import org.junit.jupiter.api.Test;

class FailedDeadlineTest {

    private static final long DUE_NANOS = 1_000_000;
    private static final long AFTER_DEFECT_NANOS = 100_000_000;

    /** Fails the first time that it is called. */
    private static final class Failing extends Timed {

        private int calls;
        private long deadlineNanos;

        private Failing(long deadlineNanos) {
            this.deadlineNanos = deadlineNanos;
        }

        @Override
        void onDeadline(long nowNanos, SessionSink out) {
            calls++;
            if (calls > 1) {
                deadlineNanos = Deadline.NEVER;
                return;
            }
            deadlineNanos = nowNanos + DUE_NANOS;
            throw new IllegalStateException("a defect");
        }

        @Override
        long nextDeadlineNanos() {
            return deadlineNanos;
        }
    }

    @Test
    void whoFailedOnceIsCalledAgain() {
        try (var world = new EngineWorld(1, WorldSettings.unpaced(), 1)) {
            MediaEngine engine =
                    world.engineOf(world.connectedPublisher("stream", SimulatedPublisher.WITH_RTX));
            long nowNanos = world.nowNanos() + DUE_NANOS;
            var failing = new Failing(nowNanos);
            engine.deadlines().arm(failing);

            assertThatIllegalStateException()
                    .isThrownBy(() -> callAll(engine, nowNanos))
                    .withMessage("a defect");
            callAll(engine, nowNanos + AFTER_DEFECT_NANOS - 1);
            assertThat(failing.calls).isEqualTo(1);
            callAll(engine, nowNanos + AFTER_DEFECT_NANOS);

            assertThat(failing.calls).isEqualTo(2);
        }
    }

    @Test
    void whoAlwaysFailsKeepsNobodyElseFromHisTime() {
        try (var world = new EngineWorld(1, WorldSettings.unpaced(), 1)) {
            MediaEngine engine =
                    world.engineOf(world.connectedPublisher("stream", SimulatedPublisher.WITH_RTX));
            long nowNanos = world.nowNanos() + DUE_NANOS;
            var other = new Failing(nowNanos);
            var broken = new Broken(nowNanos - 1);
            engine.deadlines().arm(broken);
            engine.deadlines().arm(other);

            assertThatIllegalStateException()
                    .isThrownBy(() -> callAll(engine, nowNanos))
                    .withMessage("broken");
            assertThatIllegalStateException()
                    .isThrownBy(() -> callAll(engine, nowNanos))
                    .withMessage("a defect");

            assertThat(other.calls).isEqualTo(1);
            engine.deadlines().forget(broken);
            engine.deadlines().forget(other);
        }
    }

    /** Fails each time, and is due for ever. */
    private static final class Broken extends Timed {

        private final long deadlineNanos;

        private Broken(long deadlineNanos) {
            this.deadlineNanos = deadlineNanos;
        }

        @Override
        void onDeadline(long nowNanos, SessionSink out) {
            throw new IllegalStateException("broken");
        }

        @Override
        long nextDeadlineNanos() {
            return deadlineNanos;
        }
    }

    private static void callAll(MediaEngine engine, long nowNanos) {
        engine.onDeadline(nowNanos, new CountedOutput());
    }
}
