package dev.sluice.server.router;

import dev.sluice.media.stats.HealthLevel;

import java.util.EnumMap;
import java.util.Map;

/**
 * What an engine holds at one moment.
 *
 * @param publishers by their health; a level that none has may be left out
 * @param viewers by their health
 * @param streams names that somebody publishes
 * @param activeRtpStreams RTP streams that come from publishers, each simulcast layer one
 * @param pausedRtpStreams those of which nothing comes for now
 * @param handshakes DTLS handshakes under way
 * @param mediaWaitNanos how long the oldest media that waits for its turn has waited; 0 for none
 */
public record EngineSnapshot(
        Map<HealthLevel, Integer> publishers,
        Map<HealthLevel, Integer> viewers,
        int streams,
        int activeRtpStreams,
        int pausedRtpStreams,
        int handshakes,
        long mediaWaitNanos) {

    public static final EngineSnapshot EMPTY =
            new EngineSnapshot(Map.of(), Map.of(), 0, 0, 0, 0, 0);

    public EngineSnapshot {
        publishers = Map.copyOf(publishers);
        viewers = Map.copyOf(viewers);
    }

    /** What two loops hold together. */
    public EngineSnapshot plus(EngineSnapshot other) {
        return new EngineSnapshot(
                sum(publishers, other.publishers),
                sum(viewers, other.viewers),
                streams + other.streams,
                activeRtpStreams + other.activeRtpStreams,
                pausedRtpStreams + other.pausedRtpStreams,
                handshakes + other.handshakes,
                Math.max(mediaWaitNanos, other.mediaWaitNanos));
    }

    private static Map<HealthLevel, Integer> sum(
            Map<HealthLevel, Integer> one, Map<HealthLevel, Integer> other) {
        Map<HealthLevel, Integer> sum = new EnumMap<>(HealthLevel.class);
        sum.putAll(one);
        other.forEach((level, count) -> sum.merge(level, count, Integer::sum));
        return sum;
    }

    /** The sessions of a role whose health is this. */
    public int sessions(Role role, HealthLevel level) {
        return (role == Role.PUBLISHER ? publishers : viewers).getOrDefault(level, 0);
    }
}
