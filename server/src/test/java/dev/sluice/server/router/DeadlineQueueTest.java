package dev.sluice.server.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.media.time.Deadline;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

/** A new peer's first deadline is the connect timeout after its making. */
class DeadlineQueueTest {

    private static final long TIMEOUT = WorldSettings.CONNECT_NANOS;

    private final Sessions sessions = new Sessions();
    private final DeadlineQueue queue = new DeadlineQueue();

    @Test
    void anEmptyQueueWantsNothing() {
        assertThat(queue.nextDeadlineNanos()).isEqualTo(Deadline.NEVER);
        assertThat(queue.poll(Long.MAX_VALUE)).isNull();
    }

    @Test
    void givesWhoIsDueInTheOrderOfTheDeadlines() {
        Peer late = sessions.publisher(-100);
        Peer early = sessions.publisher(-200);
        queue.arm(late);
        queue.arm(early);
        assertThat(queue.nextDeadlineNanos()).isEqualTo(TIMEOUT - 200);
        assertThat(queue.poll(TIMEOUT - 201)).isNull();
        assertThat(queue.poll(TIMEOUT)).isSameAs(early);
        assertThat(queue.poll(TIMEOUT)).isSameAs(late);
        assertThat(queue.poll(TIMEOUT)).isNull();
    }

    @Test
    void armingAgainDoesNotGiveTwice() {
        Peer peer = sessions.publisher(0);
        for (int i = 0; i < 5; i++) {
            queue.arm(peer);
        }
        assertThat(queue.poll(TIMEOUT)).isSameAs(peer);
        assertThat(queue.poll(TIMEOUT)).isNull();
        assertThat(queue.nextDeadlineNanos()).isEqualTo(Deadline.NEVER);
    }

    @Test
    void aPolledPeerIsGivenAgainOnceArmed() {
        Peer peer = sessions.publisher(0);
        queue.arm(peer);
        assertThat(queue.poll(TIMEOUT)).isSameAs(peer);
        queue.arm(peer);
        assertThat(queue.poll(TIMEOUT)).isSameAs(peer);
    }

    @Test
    void anEarlierDeadlineReplacesALaterOne() {
        Peer peer = sessions.publisher(0);
        queue.arm(peer);
        peer.armedNanos = TIMEOUT + 1;
        queue.arm(peer);
        assertThat(queue.poll(TIMEOUT)).isSameAs(peer);
        assertThat(queue.poll(TIMEOUT + 1)).isNull();
    }

    @Test
    void whoIsForgottenIsNotGiven() {
        Peer gone = sessions.publisher(0);
        Peer stays = sessions.publisher(5);
        queue.arm(gone);
        queue.arm(stays);
        queue.forget(gone);
        assertThat(queue.nextDeadlineNanos()).isEqualTo(TIMEOUT + 5);
        assertThat(queue.poll(Long.MAX_VALUE)).isSameAs(stays);
        assertThat(queue.poll(Long.MAX_VALUE)).isNull();
    }

    @Test
    void whatIsForgottenDoesNotPileUp() {
        List<Peer> peers = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            Peer peer = sessions.publisher(i);
            peers.add(peer);
            queue.armAt(TIMEOUT + 2000, peer);
            queue.arm(peer);
        }
        assertThat(queue.size()).isEqualTo(200);
        peers.subList(1, 100).forEach(queue::forget);
        assertThat(queue.size()).isLessThan(3);
        assertThat(queue.poll(TIMEOUT + 2000)).isSameAs(peers.getFirst());
        queue.forget(peers.getFirst());
        assertThat(queue.nextDeadlineNanos()).isEqualTo(Deadline.NEVER);
    }
}
