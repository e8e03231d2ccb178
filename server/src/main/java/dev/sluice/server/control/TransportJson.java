package dev.sluice.server.control;

import dev.sluice.media.ice.NetworkPath;
import dev.sluice.server.router.SessionStats;
import dev.sluice.server.session.SendStats;
import dev.sluice.server.session.TransportStats;

import java.util.function.BiFunction;

/**
 * The transport, its one candidate pair and the peer's address. A lite ICE agent makes no checks,
 * so the pair's round trip is the one that RTCP tells.
 */
final class TransportJson {

    private static final String PAIR_ID = "CP";
    private static final String REMOTE_ID = "CR";

    private final String id;
    private final BiFunction<String, String, Fields> entry;

    /**
     * @param entry begins an entry of a type with an id
     */
    TransportJson(String id, BiFunction<String, String, Fields> entry) {
        this.id = id;
        this.entry = entry;
    }

    void add(SessionStats session) {
        TransportStats transport = session.transport();
        boolean hasPath = transport.path() != null;
        Fields fields =
                entry.apply("transport", id)
                        .name("dtlsState", transport.dtls())
                        .put("dtlsRole", transport.isDtlsClient() ? "client" : "server")
                        .name("iceState", transport.ice())
                        .put("iceRole", "controlled")
                        .text("srtpCipher", transport.srtpCipher())
                        .put("selectedCandidatePairId", hasPath ? PAIR_ID : null);
        traffic(fields, transport);
        if (transport.path() != null) {
            pair(session, transport);
            remote(transport.path());
        }
    }

    private void pair(SessionStats session, TransportStats transport) {
        Fields fields =
                entry.apply("candidate-pair", PAIR_ID)
                        .put("transportId", id)
                        .put("remoteCandidateId", REMOTE_ID)
                        .put("state", "succeeded")
                        .put("nominated", transport.ice() == TransportStats.Ice.CONNECTED)
                        .seconds("currentRoundTripTime", session.roundTrip().rttNanos());
        SendStats sending = session.sending();
        if (sending != null) {
            fields.put("availableOutgoingBitrate", sending.targetBps())
                    .put("pacingBitrate", sending.pacingBps())
                    .put("pacerQueuedPackets", sending.queuedPackets())
                    .put("pacerQueuedBytes", sending.queuedBytes())
                    .seconds("pacerDelay", sending.oldestWaitNanos())
                    .known("fractionLost", sending.lossRatio())
                    .put("applicationLimited", sending.isApplicationLimited())
                    .put("feedbackLost", sending.hasLostFeedback());
        }
        traffic(fields, transport);
    }

    private static void traffic(Fields fields, TransportStats transport) {
        fields.put("packetsSent", transport.packetsSent())
                .put("bytesSent", transport.bytesSent())
                .put("packetsReceived", transport.packetsReceived())
                .put("bytesReceived", transport.bytesReceived());
    }

    private void remote(NetworkPath path) {
        entry.apply("remote-candidate", REMOTE_ID)
                .put("transportId", id)
                .put("address", path.remote().getAddress().getHostAddress())
                .put("port", path.remote().getPort())
                .put("protocol", path.isTcp() ? "tcp" : "udp");
    }
}
