package dev.sluice.server.router;

import dev.sluice.media.ice.NetworkPath;
import dev.sluice.media.receive.ReceiveTotals;
import dev.sluice.media.rtcp.ReportBlock;
import dev.sluice.media.rtcp.SenderReport;
import dev.sluice.media.rtp.Codec;
import dev.sluice.media.rtp.MediaKind;
import dev.sluice.media.sdp.NegotiatedCodec;
import dev.sluice.media.stats.HealthLevel;
import dev.sluice.media.stats.HealthReport;
import dev.sluice.server.session.FeedbackTotals;
import dev.sluice.server.session.RoundTrip;
import dev.sluice.server.session.SendStats;
import dev.sluice.server.session.TransportStats;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A publisher and a viewer whose figures are known, for tests of what is told of them. */
public final class ScriptedDirectory implements SessionDirectory {

    public static final String PUBLISHER_ID = "00112233aabbccdd";
    public static final String VIEWER_ID = "44556677eeff0011";

    /** The id in the URL of both sessions. */
    public static final String SECRET = "s3cret";

    private static final long SECOND = 1_000_000_000L;
    private static final long MILLI = 1_000_000L;

    private static final NegotiatedCodec VP8 =
            new NegotiatedCodec(
                    96,
                    Codec.VP8,
                    90_000,
                    1,
                    Map.of("max-fs", "3600"),
                    97,
                    true,
                    true,
                    true,
                    false,
                    true);

    private static final TransportStats TRANSPORT =
            new TransportStats(
                    TransportStats.Dtls.CONNECTED,
                    TransportStats.Ice.CONNECTED,
                    "SRTP_AEAD_AES_128_GCM",
                    false,
                    new NetworkPath(0, new InetSocketAddress("192.0.2.7", 4_000)),
                    10,
                    1_000,
                    20,
                    2_000);

    public static final SessionStats PUBLISHER =
            new SessionStats(
                    new SessionSummary(
                            PUBLISHER_ID,
                            Role.PUBLISHER,
                            "cam",
                            true,
                            90 * SECOND,
                            new HealthReport(HealthLevel.GOOD, 71, 60 * MILLI, 0.004, 3 * MILLI, 0),
                            5 * SECOND),
                    List.of(new HealthStep(HealthLevel.UNKNOWN, HealthLevel.GOOD, 71, 5 * SECOND)),
                    TRANSPORT,
                    new RoundTrip(60 * MILLI, 120 * MILLI, 2, 0),
                    null,
                    List.of(
                            new InboundRtpStats(
                                    0x1234,
                                    MediaKind.VIDEO,
                                    "1",
                                    "h",
                                    VP8,
                                    true,
                                    new ReceiveTotals(500, 400_000, 10_000, 3, 3_000, 90),
                                    7,
                                    3 * MILLI,
                                    1_500_000,
                                    new FeedbackTotals(4, 2, 0),
                                    new SenderReport(
                                            0x1234,
                                            0xE000_0000_0000_0000L,
                                            1,
                                            510,
                                            410_000,
                                            List.of()))),
                    List.of());

    public static final SessionStats VIEWER =
            new SessionStats(
                    new SessionSummary(
                            VIEWER_ID,
                            Role.VIEWER,
                            "cam",
                            true,
                            30 * SECOND,
                            new HealthReport(HealthLevel.UNKNOWN, -1, -1, -1, -1, 0),
                            30 * SECOND),
                    List.of(),
                    TRANSPORT,
                    RoundTrip.UNKNOWN,
                    new SendStats(
                            2_000_000, 5_000_000, 3, 3_600, 2 * MILLI, -1, 0.01, false, false),
                    List.of(),
                    List.of(
                            new OutboundRtpStats(
                                    0x5678,
                                    MediaKind.VIDEO,
                                    "v",
                                    VP8,
                                    true,
                                    "h",
                                    503,
                                    403_000,
                                    3,
                                    3_000,
                                    new FeedbackTotals(2, 1, 1),
                                    LayerWish.AUTOMATIC,
                                    new ReportBlock(0x5678, 64, 12, 70_000, 900, 0, 0),
                                    new RoundTrip(80 * MILLI, 80 * MILLI, 1, 0))));

    @Override
    public List<SessionSummary> list() {
        return List.of(PUBLISHER.summary(), VIEWER.summary());
    }

    @Override
    public Optional<SessionStats> stats(String publicId) {
        return List.of(PUBLISHER, VIEWER).stream()
                .filter(session -> session.summary().publicId().equals(publicId))
                .findFirst();
    }

    @Override
    public Optional<SessionStats> stats(SessionName session) {
        return List.of(PUBLISHER, VIEWER).stream()
                .filter(_ -> session.id().equals(SECRET))
                .filter(one -> one.summary().role() == session.role())
                .filter(one -> one.summary().stream().equals(session.stream()))
                .findFirst();
    }
}
