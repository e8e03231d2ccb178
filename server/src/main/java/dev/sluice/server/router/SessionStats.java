package dev.sluice.server.router;

import dev.sluice.server.session.RoundTrip;
import dev.sluice.server.session.SendStats;
import dev.sluice.server.session.TransportStats;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * All that there is to say of one session at one moment; copied on its loop, so that any thread may
 * read it.
 *
 * @param history the last changes of its health, the oldest first
 * @param roundTrip to the peer: of a publisher by XR or retransmissions, of a viewer by its reports
 * @param sending the estimate of a viewer's network; null for a publisher and before the connection
 * @param inbound what a publisher sends
 * @param outbound what a viewer gets
 */
public record SessionStats(
        SessionSummary summary,
        List<HealthStep> history,
        TransportStats transport,
        RoundTrip roundTrip,
        @Nullable SendStats sending,
        List<InboundRtpStats> inbound,
        List<OutboundRtpStats> outbound) {

    public SessionStats {
        history = List.copyOf(history);
        inbound = List.copyOf(inbound);
        outbound = List.copyOf(outbound);
    }
}
