package dev.sluice.server.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.media.ice.NetworkPath;

import org.junit.jupiter.api.Test;

import java.net.InetSocketAddress;

class SegmentedSendsTest {

    private static final int ECONNREFUSED = 111;
    private static final int EIO = 5;
    private static final int EINVAL = 22;
    private static final int EMSGSIZE = 90;

    private static final long PAUSE_NANOS = 10_000_000_000L;

    private final NetworkPath first = path(5_000);
    private final NetworkPath second = path(5_001);

    /** Near where it wraps around. */
    private long nowNanos = Long.MAX_VALUE - 1;

    private int timesAsked;
    private final SegmentedSends segmented = new SegmentedSends(true, this::now);

    private static NetworkPath path(int port) {
        return new NetworkPath(0, new InetSocketAddress("203.0.113.1", port));
    }

    private long now() {
        timesAsked++;
        return nowNanos;
    }

    @Test
    void aPathThatRefusesIsPausedAlone() {
        assertThat(segmented.onFailed(EINVAL, first)).isTrue();
        assertThat(segmented.areAllowed(first)).isFalse();
        assertThat(segmented.areAllowed(second)).isTrue();

        assertThat(segmented.onFailed(EMSGSIZE, second)).isTrue();
        assertThat(segmented.areAllowed(second)).isFalse();
    }

    @Test
    void anInterfaceThatRefusesPausesAll() {
        assertThat(segmented.onFailed(EIO, first)).isTrue();
        assertThat(segmented.areAllowed(first)).isFalse();
        assertThat(segmented.areAllowed(second)).isFalse();
    }

    @Test
    void aPauseEndsWhetherOrNotAnotherOneBegins() {
        segmented.onFailed(EIO, first);
        segmented.onFailed(EINVAL, first);
        nowNanos += PAUSE_NANOS - 1;
        segmented.onFailed(EINVAL, second);
        assertThat(segmented.areAllowed(first)).isFalse();

        nowNanos++;
        assertThat(segmented.areAllowed(first)).isTrue();
        assertThat(segmented.areAllowed(second)).isFalse();

        nowNanos += PAUSE_NANOS;
        assertThat(segmented.areAllowed(second)).isTrue();
    }

    @Test
    void whatFailsForAnotherReasonPausesNothing() {
        assertThat(segmented.onFailed(ECONNREFUSED, first)).isFalse();
        assertThat(segmented.areAllowed(first)).isTrue();
    }

    @Test
    void manyPathsThatRefuseDoNotPauseTheOthers() {
        for (int port = 1; port <= 4_000; port++) {
            segmented.onFailed(EINVAL, path(port));
        }
        assertThat(segmented.areAllowed(path(4_000))).isFalse();
        assertThat(segmented.areAllowed(first)).isTrue();
    }

    @Test
    void theClockIsLeftAloneWhileNothingIsPaused() {
        segmented.onFailed(EINVAL, first);
        nowNanos += PAUSE_NANOS;
        segmented.areAllowed(first);
        int before = timesAsked;
        for (int i = 0; i < 100; i++) {
            assertThat(segmented.areAllowed(first)).isTrue();
        }
        assertThat(timesAsked).isEqualTo(before);
    }

    @Test
    void aSystemThatDoesNotKnowThemIsNeverGivenOne() {
        var never = new SegmentedSends(false, this::now);
        assertThat(never.areAllowed(first)).isFalse();
        never.onFailed(EINVAL, first);
        nowNanos += 2 * PAUSE_NANOS;
        assertThat(never.areAllowed(first)).isFalse();
        assertThat(never.areAllowed(second)).isFalse();
    }
}
