package dev.sluice.load.client;

import dev.sluice.load.count.SentTotals;
import dev.sluice.load.media.FrameClock;
import dev.sluice.load.media.FrameMaker;
import dev.sluice.load.media.FrameSizes;
import dev.sluice.load.media.KeyFrameSchedule;
import dev.sluice.load.media.SendTrack;
import dev.sluice.load.media.TrackSettings;
import dev.sluice.load.media.TransportNumbers;
import dev.sluice.media.rtcp.FullIntraRequest;
import dev.sluice.media.rtcp.Nack;
import dev.sluice.media.rtcp.PictureLossIndication;
import dev.sluice.media.rtcp.RtcpPacket;
import dev.sluice.media.rtcp.SourceDescription;
import dev.sluice.media.rtp.Codec;
import dev.sluice.media.sdp.LocalTrack;
import dev.sluice.media.sdp.NegotiatedCodec;
import dev.sluice.media.sdp.NegotiatedMedia;
import dev.sluice.media.sdp.NegotiatedSession;
import dev.sluice.media.sdp.Transceiver;
import dev.sluice.media.time.Deadline;

import io.netty.buffer.ByteBuf;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Publishes by WHIP: media, sender reports, key frames and packets again when asked. */
public final class PublishingClient extends LoadClient {

    private static final long REPORT_NANOS = 1_000_000_000L;

    /** Opus packets of 20 ms ... */
    private static final int AUDIO_PACKETS_PER_SECOND = 50;

    /** ... of so many bytes. */
    private static final int MIN_AUDIO_BYTES = 80;

    private static final int MAX_AUDIO_BYTES = 120;
    private static final int SEQUENCE_NUMBERS = 1 << 15;

    private final PublisherSettings settings;
    private final RandomGenerator random;
    private final String cname;
    private final List<Transceiver> offered;
    private final List<SendTrack> tracks = new ArrayList<>();
    private final TransportNumbers numbers = new TransportNumbers();
    private long nextReportNanos = Deadline.NEVER;
    private long keyFrameRequests;

    private PublishingClient(
            ClientWorld world,
            ClientWire wire,
            InetSocketAddress localAddress,
            PublisherSettings settings,
            RandomGenerator random,
            String cname,
            List<Transceiver> offered) {
        super(world, wire, localAddress, offered);
        this.settings = settings;
        this.random = random;
        this.cname = cname;
        this.offered = offered;
    }

    /**
     * @param random of sizes, contents and numbers: the same seed gives the same media
     */
    public static PublishingClient of(
            ClientWorld world,
            ClientWire wire,
            InetSocketAddress localAddress,
            PublisherSettings settings,
            RandomGenerator random) {
        String cname = "load-publisher";
        List<Transceiver> offered = OfferedMedia.sending(settings.codecs(), cname, random);
        return new PublishingClient(world, wire, localAddress, settings, random, cname, offered);
    }

    @Override
    long reportSsrc() {
        return offered.getFirst().track().orElseThrow().ssrc();
    }

    @Override
    String cname() {
        return cname;
    }

    @Override
    void onAgreed(NegotiatedSession session) {
        for (NegotiatedMedia media : session.media()) {
            tracks.add(track(media));
        }
    }

    private SendTrack track(NegotiatedMedia media) {
        NegotiatedCodec format = media.codecs().getFirst();
        boolean isVideo = OfferedMedia.isVideo(format.codec());
        LocalTrack local = offered.get(media.index()).track().orElseThrow();
        TrackSettings wire =
                new TrackSettings(
                        media.mid(),
                        format.payloadType(),
                        format.rtxPayloadType(),
                        local.ssrc(),
                        local.rtxSsrc(),
                        media.extensions(),
                        random.nextInt(SEQUENCE_NUMBERS),
                        random.nextInt() & 0xFFFF_FFFFL,
                        isVideo,
                        isVideo ? settings.videoRateBps() : audioRateBps(),
                        settings.burstNanos(),
                        world().run());
        return new SendTrack(
                wire,
                isVideo ? videoClock(format.codec()) : audioClock(format.codec()),
                FrameMaker.of(format.codec(), random),
                world().allocator());
    }

    private static long audioRateBps() {
        return (long) MAX_AUDIO_BYTES * Byte.SIZE * AUDIO_PACKETS_PER_SECOND;
    }

    private FrameClock videoClock(Codec codec) {
        FrameSizes sizes =
                new FrameSizes(random, settings.videoRateBps(), settings.framesPerSecond());
        return new FrameClock(
                codec.clockRateHz(),
                settings.framesPerSecond(),
                new KeyFrameSchedule(settings.keyFramePeriodNanos()),
                sizes::next);
    }

    private FrameClock audioClock(Codec codec) {
        return FrameClock.ofAudio(
                codec.clockRateHz(),
                AUDIO_PACKETS_PER_SECOND,
                () -> random.nextInt(MIN_AUDIO_BYTES, MAX_AUDIO_BYTES + 1));
    }

    @Override
    void onConnected(long nowNanos) {
        // Cameras and microphones of different publishers are not in step.
        tracks.forEach(track -> track.start(nowNanos + random.nextLong(track.framePeriodNanos())));
        nextReportNanos = nowNanos;
        onJoined(nowNanos);
    }

    @Override
    long nextMediaDeadlineNanos() {
        long next = nextReportNanos;
        for (int i = 0; i < tracks.size(); i++) {
            next = Math.min(next, tracks.get(i).nextDeadlineNanos());
        }
        return next;
    }

    @Override
    void onMediaDeadline(long nowNanos) {
        for (int i = 0; i < tracks.size(); i++) {
            tracks.get(i).onDeadline(numbers, nowNanos, this::sendRtp);
        }
        if (Deadline.isDue(nextReportNanos, nowNanos)) {
            nextReportNanos = nowNanos + REPORT_NANOS;
            report(nowNanos);
        }
    }

    private void report(long nowNanos) {
        long ntp = world().wallClock().ntp(nowNanos);
        for (SendTrack track : tracks) {
            sendRtcp(
                    List.of(
                            track.report(ntp, nowNanos),
                            SourceDescription.ofCname(track.ssrc(), cname)));
        }
    }

    @Override
    void onRtp(ByteBuf datagram, long nowNanos) {
        // A server sends no media to a publisher.
    }

    @Override
    void onRtcpPacket(RtcpPacket packet, long nowNanos) {
        switch (packet) {
            case Nack nack -> onNack(nack, nowNanos);
            case PictureLossIndication loss -> onKeyFrameRequest(loss.mediaSsrc());
            case FullIntraRequest request ->
                    request.entries().forEach(entry -> onKeyFrameRequest(entry.ssrc()));
            default -> {}
        }
    }

    private void onNack(Nack nack, long nowNanos) {
        for (SendTrack track : tracks) {
            if (track.ssrc() == nack.mediaSsrc()) {
                track.onNack(nack.lost(), numbers, nowNanos, this::sendRtp);
            }
        }
    }

    private void onKeyFrameRequest(long ssrc) {
        keyFrameRequests++;
        for (SendTrack track : tracks) {
            if (track.ssrc() == ssrc) {
                track.onKeyFrameRequest();
            }
        }
    }

    /** What was sent so far. */
    public SentTotals totals() {
        SentTotals totals = SentTotals.ZERO;
        for (int i = 0; i < tracks.size(); i++) {
            SendTrack track = tracks.get(i);
            totals =
                    totals.plus(
                            new SentTotals(
                                    track.packets(),
                                    track.bytes(),
                                    track.clock().frames(),
                                    track.clock().keyFrameCount(),
                                    i == 0 ? keyFrameRequests : 0,
                                    track.nacked(),
                                    track.retransmissions()));
        }
        return totals;
    }

    @Override
    void release() {
        tracks.forEach(SendTrack::release);
    }
}
