package dev.sluice.media.receive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.media.sim.VirtualTime;
import dev.sluice.media.time.Deadline;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

class KeyFrameRequestsTest {

    private static final long SSRC = 99;
    private static final long MILLI = 1_000_000;

    private final KeyFrameRequests requests = new KeyFrameRequests(SSRC);
    private final VirtualTime time = new VirtualTime(0);
    private final List<Long> sentAtMillis = new ArrayList<>();

    @Test
    void theFirstRequestLeavesAtOnce() {
        request();

        assertThat(sentAtMillis).containsExactly(0L);
        assertThat(requests.waiting()).isTrue();
    }

    @Test
    void requestsOfManyViewersBecomeOne() {
        for (int viewer = 0; viewer < 50; viewer++) {
            request();
        }
        requests.onKeyFrame();
        runMillis(3000);

        assertThat(sentAtMillis).containsExactly(0L);
    }

    @Test
    void aRequestSoonAfterAKeyFrameWaitsForTheThrottle() {
        request();
        requests.onKeyFrame();
        runMillis(100);
        request();
        runMillis(500);

        assertThat(sentAtMillis).containsExactly(0L, 500L);
    }

    @Test
    void aKeyFrameServesTheRequestThatWaits() {
        request();
        runMillis(100);
        request();
        requests.onKeyFrame();
        runMillis(3000);

        assertThat(sentAtMillis).containsExactly(0L);
        assertThat(requests.nextDeadlineNanos()).isEqualTo(Deadline.NEVER);
    }

    @Test
    void asksEachSecondUntilAKeyFrameComes() {
        request();
        runMillis(3500);
        requests.onKeyFrame();
        runMillis(3000);

        assertThat(sentAtMillis).containsExactly(0L, 1000L, 2000L, 3000L);
    }

    @Test
    void asksNoMoreWhenNobodyWaits() {
        request();
        requests.cancel();
        runMillis(3000);

        assertThat(sentAtMillis).containsExactly(0L);
    }

    @Test
    void aRequestLongAfterTheLastLeavesAtOnce() {
        request();
        requests.onKeyFrame();
        runMillis(500);
        request();

        assertThat(sentAtMillis).containsExactly(0L, 500L);
    }

    private void request() {
        requests.onRequest(time.nowNanos(), this::sent);
    }

    private void sent(long mediaSsrc) {
        assertThat(mediaSsrc).isEqualTo(SSRC);
        sentAtMillis.add(time.nowNanos() / MILLI);
    }

    private void runMillis(long millis) {
        long end = time.nowNanos() + millis * MILLI;
        while (Deadline.isDue(requests.nextDeadlineNanos(), end)) {
            time.advanceTo(requests.nextDeadlineNanos());
            requests.onDeadline(time.nowNanos(), this::sent);
        }
        time.advanceTo(end);
    }
}
