package dev.sluice.server.router;

import dev.sluice.media.rtp.MediaKind;
import dev.sluice.media.time.Deadline;
import dev.sluice.server.session.NetworkEstimate;
import dev.sluice.server.session.PeerSession;
import dev.sluice.server.session.SessionSink;

import java.util.ArrayList;
import java.util.List;

/** Gives the tracks of one viewer the layers that his network carries, and goes on doing so. */
final class ViewerAllocation {

    /** Bitrates of layers and waits for key frames move on without an estimate's doing. */
    private static final long INTERVAL_NANOS = 250_000_000L;

    /** Where there is nothing to choose, and room enough, only the bitrate may change. */
    private static final long SETTLED_INTERVAL_NANOS = 1_000_000_000L;

    /** So far above the estimate, what is sent fills a queue faster than a key frame comes. */
    private static final double FLOOD_RATIO = 1.3;

    /** A track of sound or pictures, and what it can choose among. */
    private record Choice(SubscribedTrack track, List<TrackLayer> layers) {}

    private final BandwidthAllocator allocator = new BandwidthAllocator();
    private long nextNanos = Deadline.NEVER;
    private boolean hasAllocated;

    void start(long nowNanos) {
        nextNanos = nowNanos;
    }

    /** The estimate has changed: what does not fit any more is given up at once. */
    void onEstimate(
            List<SubscribedTrack> tracks,
            PeerSession session,
            long targetBps,
            long nowNanos,
            SessionSink out) {
        if (targetBps < allocator.spentBps()) {
            allocate(tracks, session, nowNanos, out);
        }
    }

    void onDeadline(
            List<SubscribedTrack> tracks, PeerSession session, long nowNanos, SessionSink out) {
        if (Deadline.isDue(nextNanos, nowNanos)) {
            allocate(tracks, session, nowNanos, out);
        }
    }

    long nextDeadlineNanos() {
        return nextNanos;
    }

    /** Whether the viewer has been given something yet; the first time must not wait. */
    boolean hasAllocated() {
        return hasAllocated;
    }

    private void allocate(
            List<SubscribedTrack> tracks, PeerSession session, long nowNanos, SessionSink out) {
        hasAllocated = true;
        List<Choice> choices = choices(tracks, nowNanos);
        List<TrackClaim> claims = claims(choices);
        NetworkEstimate network = session.sender().estimate();
        boolean isFlooded = currentBps(claims) > FLOOD_RATIO * network.targetBps();
        int[] given =
                allocator.allocate(claims, network.targetBps(), network.provenBps(), nowNanos);
        for (int i = 0; i < given.length; i++) {
            Choice choice = choices.get(i);
            TrackLayer layer = given[i] == TrackClaim.PAUSED ? null : choice.layers().get(given[i]);
            LayerSwitch change = choice.track().layers();
            if (isFlooded && layer != null && given[i] < claims.get(i).current()) {
                change.holdBack(layer);
            }
            change.target(layer, nowNanos, out);
            choice.track().protect(network, layer == null ? 0 : layer.bps(), nowNanos);
        }
        nextNanos = TimeSlot.next(nowNanos, intervalNanos(choices, network, nowNanos));
        session.sender().onDemand(allocator.spentBps(), allocator.wantedBps(), nowNanos, out);
    }

    private long intervalNanos(List<Choice> choices, NetworkEstimate network, long nowNanos) {
        boolean isSettled = network.lossRatio() == 0 && allocator.hasRoom() && !choices.isEmpty();
        for (int i = 0; i < choices.size() && isSettled; i++) {
            isSettled = choices.get(i).track().layers().hasNoChoice(nowNanos);
        }
        return isSettled ? SETTLED_INTERVAL_NANOS : INTERVAL_NANOS;
    }

    private static List<Choice> choices(List<SubscribedTrack> tracks, long nowNanos) {
        List<Choice> choices = new ArrayList<>(tracks.size());
        for (SubscribedTrack track : tracks) {
            List<TrackLayer> layers = track.wishedLayers(nowNanos);
            if (!layers.isEmpty()) {
                choices.add(new Choice(track, layers));
            }
        }
        return choices;
    }

    private static List<TrackClaim> claims(List<Choice> choices) {
        List<TrackClaim> claims = new ArrayList<>(choices.size());
        for (Choice choice : choices) {
            claims.add(claim(choice));
        }
        return claims;
    }

    private static long currentBps(List<TrackClaim> claims) {
        long bps = 0;
        for (TrackClaim claim : claims) {
            bps += claim.bps(claim.current());
        }
        return bps;
    }

    private static TrackClaim claim(Choice choice) {
        SubscribedTrack track = choice.track();
        List<TrackLayer> layers = choice.layers();
        double protectedBy = 1 + track.protectionOverhead();
        long[] bps = new long[layers.size()];
        for (int i = 0; i < bps.length; i++) {
            bps[i] = Math.round(layers.get(i).bps() * protectedBy);
        }
        boolean isAudio = track.kind() == MediaKind.AUDIO;
        // Who has not begun yet is not paused: nothing would be learnt of his network.
        LayerSwitch got = track.layers();
        int current = got.isPaused() ? TrackClaim.PAUSED : Math.max(0, got.current(layers));
        return new TrackClaim(
                isAudio ? TrackClaim.AUDIO_PRIORITY : 1, bps, current, got.isAwaited());
    }
}
