package dev.sluice.server.router;

import dev.sluice.media.stats.HealthLevel;
import dev.sluice.media.stream.StreamSnapshot;
import dev.sluice.media.stream.StreamState;

import java.util.EnumMap;
import java.util.Map;

/** Counts the peers of a loop and what they send, for metrics. */
final class Census {

    private final Map<HealthLevel, Integer> publishers = new EnumMap<>(HealthLevel.class);
    private final Map<HealthLevel, Integer> viewers = new EnumMap<>(HealthLevel.class);
    private int streams;
    private int activeRtpStreams;
    private int pausedRtpStreams;

    private Census() {}

    static EngineSnapshot of(
            Iterable<Peer> peers, int handshakes, OpenWork openWork, long nowNanos) {
        Census census = new Census();
        peers.forEach(peer -> census.count(peer, nowNanos));
        return new EngineSnapshot(
                census.publishers,
                census.viewers,
                census.streams,
                census.activeRtpStreams,
                census.pausedRtpStreams,
                handshakes,
                openWork.longestWaitNanos(nowNanos));
    }

    private void count(Peer peer, long nowNanos) {
        HealthLevel level = peer.health().level();
        switch (peer) {
            case Publisher publisher -> {
                publishers.merge(level, 1, Integer::sum);
                streams++;
                publisher.session().view().streamSnapshots(nowNanos).forEach(this::count);
            }
            case Subscriber _ -> viewers.merge(level, 1, Integer::sum);
        }
    }

    private void count(StreamSnapshot stream) {
        activeRtpStreams += stream.state() instanceof StreamState.Active ? 1 : 0;
        pausedRtpStreams += stream.state() instanceof StreamState.Paused ? 1 : 0;
    }
}
