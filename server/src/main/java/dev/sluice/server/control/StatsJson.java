package dev.sluice.server.control;

import dev.sluice.media.rtp.MediaKind;
import dev.sluice.media.sdp.NegotiatedCodec;
import dev.sluice.server.router.InboundRtpStats;
import dev.sluice.server.router.OutboundRtpStats;
import dev.sluice.server.router.SessionStats;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A session's statistics under the names of W3C's "Identifiers for WebRTC's Statistics API". Of a
 * dictionary there is what this server knows; what is not known is left out.
 */
public final class StatsJson {

    private static final String TRANSPORT_ID = "T";

    private final long timestampMillis;
    private final List<Map<String, Object>> entries = new ArrayList<>();
    private final Map<String, NegotiatedCodec> codecs = new LinkedHashMap<>();

    private StatsJson(Instant now) {
        this.timestampMillis = now.toEpochMilli();
    }

    /** The whole answer about a session. */
    public static Map<String, Object> of(SessionStats session, Instant now) {
        return new Fields()
                .put("session", SessionJson.of(session.summary(), now))
                .put(
                        "healthHistory",
                        session.history().stream().map(step -> SessionJson.of(step, now)).toList())
                .put("stats", new StatsJson(now).entries(session))
                .map();
    }

    private List<Map<String, Object>> entries(SessionStats session) {
        session.inbound().forEach(stream -> inbound(stream, session));
        session.outbound().forEach(this::outbound);
        codecs.forEach(this::codec);
        new TransportJson(TRANSPORT_ID, this::entry).add(session);
        return entries;
    }

    private Fields entry(String type, String id) {
        Fields fields =
                new Fields().put("type", type).put("id", id).put("timestamp", timestampMillis);
        entries.add(fields.map());
        return fields;
    }

    private void inbound(InboundRtpStats stream, SessionStats session) {
        String id = "I" + stream.ssrc();
        Fields fields =
                rtp("inbound-rtp", id, stream.ssrc(), stream.kind().name(), stream.mid())
                        .text("rid", stream.rid())
                        .put("active", stream.isActive())
                        .put("packetsReceived", stream.totals().packets())
                        .put("bytesReceived", stream.totals().payloadBytes())
                        .put("headerBytesReceived", stream.totals().headerBytes())
                        .put("packetsLost", stream.packetsLost())
                        .seconds("jitter", stream.jitterNanos())
                        .put("bitrate", stream.bitrateBps())
                        .put("retransmittedPacketsReceived", stream.totals().retransmittedPackets())
                        .put("retransmittedBytesReceived", stream.totals().retransmittedBytes())
                        .put("nackCount", stream.asked().nacks())
                        .put("pliCount", stream.asked().plis())
                        .put("firCount", stream.asked().firs());
        if (stream.kind() == MediaKind.VIDEO) {
            fields.put("framesReceived", stream.totals().markedPackets());
        }
        codecOf(fields, stream.mid(), stream.codec());
        if (stream.report() != null) {
            fields.put("remoteId", "RO" + stream.ssrc());
            RemoteJson.outbound(
                    rtp(
                                    "remote-outbound-rtp",
                                    "RO" + stream.ssrc(),
                                    stream.ssrc(),
                                    stream.kind().name(),
                                    stream.mid())
                            .put("localId", id),
                    stream.report(),
                    session.roundTrip());
        }
    }

    private void outbound(OutboundRtpStats stream) {
        String id = "O" + stream.ssrc();
        Fields fields =
                rtp("outbound-rtp", id, stream.ssrc(), stream.kind().name(), stream.mid())
                        .put("active", stream.isFollowing())
                        .text("encodingId", stream.sourceRid())
                        .put("packetsSent", stream.packetsSent())
                        .put("bytesSent", stream.payloadBytesSent())
                        .put("retransmittedPacketsSent", stream.retransmittedPackets())
                        .put("retransmittedBytesSent", stream.retransmittedBytes())
                        .put("nackCount", stream.asked().nacks())
                        .put("pliCount", stream.asked().plis())
                        .put("firCount", stream.asked().firs());
        codecOf(fields, stream.mid(), stream.codec());
        if (stream.report() != null) {
            fields.put("remoteId", "RI" + stream.ssrc());
            RemoteJson.inbound(
                    rtp(
                                    "remote-inbound-rtp",
                                    "RI" + stream.ssrc(),
                                    stream.ssrc(),
                                    stream.kind().name(),
                                    stream.mid())
                            .put("localId", id),
                    stream);
        }
    }

    private Fields rtp(String type, String id, long ssrc, String kind, String mid) {
        return entry(type, id)
                .put("ssrc", ssrc)
                .put("kind", kind.toLowerCase(Locale.ROOT))
                .put("mid", mid)
                .put("transportId", TRANSPORT_ID);
    }

    private void codecOf(
            Fields fields, String mid, @Nullable NegotiatedCodec codec) {
        if (codec != null) {
            String id = "C" + mid + "_" + codec.payloadType();
            codecs.put(id, codec);
            fields.put("codecId", id);
        }
    }

    private void codec(String id, NegotiatedCodec codec) {
        List<String> parameters = new ArrayList<>();
        codec.parameters().forEach((name, value) -> parameters.add(name + "=" + value));
        parameters.sort(null);
        String kind = codec.codec().kind().name().toLowerCase(Locale.ROOT);
        entry("codec", id)
                .put("payloadType", codec.payloadType())
                .put("mimeType", kind + "/" + codec.codec().encodingName())
                .put("clockRate", codec.clockRateHz())
                .put("channels", kind.equals("audio") ? codec.channels() : null)
                .text("sdpFmtpLine", String.join(";", parameters))
                .put("transportId", TRANSPORT_ID);
    }
}
