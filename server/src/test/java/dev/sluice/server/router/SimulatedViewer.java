package dev.sluice.server.router;

import dev.sluice.media.bwe.ArrivalLog;
import dev.sluice.media.rtcp.Nack;
import dev.sluice.media.rtcp.PictureLossIndication;
import dev.sluice.media.rtcp.ReceiverReport;
import dev.sluice.media.rtcp.ReportBlock;
import dev.sluice.media.rtcp.RtcpPacket;
import dev.sluice.media.rtcp.SenderReport;
import dev.sluice.media.rtp.HeaderExtension;
import dev.sluice.media.rtp.RtpPacket;
import dev.sluice.media.rtp.TransportSequence;
import dev.sluice.media.sdp.MediaDescription;
import dev.sluice.media.sdp.SessionDescription;
import dev.sluice.media.time.Deadline;
import dev.sluice.server.router.OfferText.Formats;

import org.jspecify.annotations.Nullable;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Watches: keeps what comes, asks for what is missing until it comes, reports each second. */
final class SimulatedViewer extends SimulatedPeer {

    /** Other numbers than the publisher's, so that a packet sent on as it is would be noticed. */
    static final Formats WITH_RTX = new Formats(109, 100, 101);

    static final Formats WITHOUT_RTX = new Formats(109, 100, Formats.NO_RTX);

    private static final long NACK_NANOS = 50_000_000L;
    private static final long REPORT_NANOS = 1_000_000_000L;
    private static final long FEEDBACK_NANOS = 50_000_000L;
    private static final long OWN_SSRC = 1;

    private final Formats formats;
    private @Nullable ViewedTrack audio;
    private @Nullable ViewedTrack video;
    private final ArrivalLog arrivals = new ArrivalLog(OWN_SSRC, FEEDBACK_NANOS);
    private int paddingPackets;
    private boolean tellsArrivals = true;
    private boolean asksAgain = true;
    private long nextNackNanos = Deadline.NEVER;
    private long nextReportNanos = Deadline.NEVER;

    SimulatedViewer(long seed, InetSocketAddress address, Formats formats) {
        super(seed, address);
        this.formats = formats;
    }

    ViewedTrack audio() {
        return Objects.requireNonNull(audio, "no answer yet");
    }

    ViewedTrack video() {
        return Objects.requireNonNull(video, "no answer yet");
    }

    /** From now on only the test sends NACKs. */
    void askForNothing() {
        asksAgain = false;
    }

    @Override
    SessionDescription offer(String fingerprint) {
        return OfferText.of("recvonly", formats, localCredentials(), fingerprint, setup());
    }

    @Override
    void onAnswer(SessionDescription answer) {
        audio = new ViewedTrack(formats.opus(), firstSsrc(answer.media().get(0)));
        video = new ViewedTrack(formats.vp8(), firstSsrc(answer.media().get(1)));
    }

    private static long firstSsrc(MediaDescription section) {
        String value = section.attributes().first("ssrc").orElseThrow();
        return Long.parseLong(value.substring(0, value.indexOf(' ')));
    }

    void startReporting(long nowNanos) {
        nextNackNanos = nowNanos + NACK_NANOS;
        nextReportNanos = nowNanos + REPORT_NANOS;
    }

    @Override
    void onMedia(RtpPacket packet, long nowNanos, Wire out) {
        noteArrival(packet, nowNanos);
        if (packet.payloadType() == formats.rtx()) {
            onRepair(packet, nowNanos);
            return;
        }
        ViewedTrack track = packet.ssrc() == video().ssrc() ? video() : audio();
        if (packet.ssrc() != track.ssrc() || packet.payloadType() != track.payloadType()) {
            throw new AssertionError("Unannounced: " + packet);
        }
        track.onPacket(packet, nowNanos);
    }

    /** Padding on the SSRC of retransmissions has no payload. */
    private void onRepair(RtpPacket packet, long nowNanos) {
        if (packet.payloadSizeBytes() > 0) {
            video().onRepair(packet, nowNanos);
        } else {
            paddingPackets++;
        }
    }

    private void noteArrival(RtpPacket packet, long nowNanos) {
        int id = OfferText.EXTENSIONS.id(HeaderExtension.TRANSPORT_WIDE_CC);
        int sequence = TransportSequence.read(packet, id);
        if (sequence >= 0) {
            arrivals.onPacket(sequence, packet.ssrc(), nowNanos);
        }
    }

    /** Packets that only probed the network. */
    int paddingPackets() {
        return paddingPackets;
    }

    /** From now on nothing is told of the network. */
    void stopTransportFeedback() {
        tellsArrivals = false;
    }

    @Override
    void onFeedback(RtcpPacket packet, long nowNanos, Wire out) {
        if (packet instanceof SenderReport report) {
            ViewedTrack track = report.senderSsrc() == video().ssrc() ? video() : audio();
            track.onReport(report, nowNanos);
        }
    }

    @Override
    long nextMediaDeadlineNanos() {
        return Math.min(arrivals.nextDeadlineNanos(), Math.min(nextNackNanos, nextReportNanos));
    }

    @Override
    void onMediaDeadline(long nowNanos, Wire out) {
        if (Deadline.isDue(nextNackNanos, nowNanos)) {
            nextNackNanos += NACK_NANOS;
            if (asksAgain) {
                askForMissing(audio(), out);
                askForMissing(video(), out);
            }
        }
        arrivals.onDeadline(
                nowNanos,
                feedback -> {
                    if (tellsArrivals) {
                        sendRtcp(List.of(feedback), out);
                    }
                });
        if (Deadline.isDue(nextReportNanos, nowNanos)) {
            nextReportNanos += REPORT_NANOS;
            report(nowNanos, out);
        }
    }

    private void askForMissing(ViewedTrack track, Wire out) {
        List<Integer> missing = track.missing();
        if (!missing.isEmpty()) {
            nack(track, missing.subList(0, Math.min(100, missing.size())), out);
        }
    }

    void nack(ViewedTrack track, List<Integer> sequences, Wire out) {
        sendRtcp(List.of(new Nack(OWN_SSRC, track.ssrc(), sequences)), out);
    }

    void requestKeyFrame(Wire out) {
        sendRtcp(List.of(new PictureLossIndication(OWN_SSRC, video().ssrc())), out);
    }

    private void report(long nowNanos, Wire out) {
        List<ReportBlock> blocks = new ArrayList<>();
        for (ViewedTrack track : List.of(audio(), video())) {
            ReportBlock block = track.reportBlock(nowNanos);
            if (block != null) {
                blocks.add(block);
            }
        }
        sendRtcp(List.of(new ReceiverReport(OWN_SSRC, blocks)), out);
    }
}
