package dev.sluice.server.router;

import dev.sluice.media.ice.NetworkPath;
import dev.sluice.media.stats.ConnectionHealth;
import dev.sluice.media.stats.HealthChange;
import dev.sluice.media.stats.HealthReport;
import dev.sluice.media.time.Deadline;
import dev.sluice.server.session.PeerSession;
import dev.sluice.server.session.RoundTrip;
import dev.sluice.server.session.SessionSink;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/** A session in its role: it publishes into a room or watches one. */
abstract sealed class Peer extends Timed implements PeerSession.Owner
        permits Publisher, Subscriber {

    /** Between two looks at the connection. */
    private static final long HEALTH_INTERVAL_NANOS = 1_000_000_000L;

    private final PeerSession session;
    private final Room room;
    private final String publicId;
    private final TimeSlot slot;
    private final ConnectionHealth health;

    /** What the session table finds it by; kept there. */
    private final List<NetworkPath> paths = new ArrayList<>(2);

    private final List<String> ufrags = new ArrayList<>(1);
    private long nextHealthNanos = Deadline.NEVER;
    private @Nullable HealthChange healthChange;

    Peer(PeerSession session, Room room) {
        this.session = session;
        this.room = room;
        this.publicId = PublicId.of(session.id());
        this.slot = TimeSlot.of(publicId);
        this.health = new ConnectionHealth(session.view().createdNanos());
    }

    PeerSession session() {
        return session;
    }

    Room room() {
        return room;
    }

    /** The validated paths, for the {@link SessionTable}. */
    List<NetworkPath> paths() {
        return paths;
    }

    /** The fragments by which checks name it, for the {@link SessionTable}. */
    List<String> ufrags() {
        return ufrags;
    }

    Role role() {
        return this instanceof Publisher ? Role.PUBLISHER : Role.VIEWER;
    }

    /** The session's name for operators. */
    String publicId() {
        return publicId;
    }

    /** From now on the connection is rated each second. */
    void watchHealth(long nowNanos) {
        nextHealthNanos = TimeSlot.next(nowNanos, HEALTH_INTERVAL_NANOS);
    }

    @Override
    void onDeadline(long nowNanos, SessionSink out) {
        session.onDeadline(nowNanos, out);
        if (session.isConnected() && Deadline.isDue(nextHealthNanos, nowNanos)) {
            nextHealthNanos = TimeSlot.next(nowNanos, HEALTH_INTERVAL_NANOS);
            health.onHeard(session.view().lastHeardNanos());
            measure(health, nowNanos);
            healthChange = health.update(nowNanos);
        }
    }

    /** Tells what came to be known of the connection since the last call. */
    abstract void measure(ConnectionHealth health, long nowNanos);

    @Override
    long nextDeadlineNanos() {
        long next = session.nextDeadlineNanos();
        return session.isConnected() ? Math.min(next, slot.from(nextPeriodicNanos())) : next;
    }

    /** When something is due that is done at intervals and need not be punctual. */
    long nextPeriodicNanos() {
        return nextHealthNanos;
    }

    /** The change of health since the last call; null where there is none. */
    @Nullable HealthChange takeHealthChange() {
        HealthChange change = healthChange;
        healthChange = null;
        return change;
    }

    HealthReport health() {
        return health.report();
    }

    SessionSummary summary(long nowNanos) {
        return new SessionSummary(
                publicId,
                role(),
                session.stream(),
                session.isConnected(),
                nowNanos - session.view().createdNanos(),
                health.report(),
                nowNanos - health.report().sinceNanos());
    }

    SessionStats stats(long nowNanos) {
        List<HealthStep> steps =
                health.history().stream()
                        .map(
                                change ->
                                        new HealthStep(
                                                change.from(),
                                                change.to(),
                                                change.score(),
                                                nowNanos - change.atNanos()))
                        .toList();
        return new SessionStats(
                summary(nowNanos),
                steps,
                session.view().transport(),
                roundTrip(),
                session.view().sending(nowNanos),
                inbound(nowNanos),
                outbound());
    }

    /** The round trip to the peer as far as it is known. */
    abstract RoundTrip roundTrip();

    /** What the peer sends. */
    abstract List<InboundRtpStats> inbound(long nowNanos);

    /** What the peer gets. */
    abstract List<OutboundRtpStats> outbound();

    /** RTCP BYE for every stream that we send to the peer. */
    void sayGoodbye(SessionSink out) {}
}
