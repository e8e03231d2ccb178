package dev.sluice.server.session;

import dev.sluice.media.fec.FecReceiver;
import dev.sluice.media.receive.ReceiveStream;
import dev.sluice.media.receive.ReceptionStatistics;
import dev.sluice.media.rtcp.SenderReport;
import dev.sluice.media.rtp.MediaKind;
import dev.sluice.media.sdp.NegotiatedMedia;
import dev.sluice.media.stream.RtpStream;

import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;

/** One media SSRC that a peer sends: which media section and layer it is, and its receive state. */
public final class IncomingStream implements MediaSource {

    /** Packets kept for viewers' retransmissions: over a second of video at 8 Mbit/s. */
    private static final int VIDEO_RING_PACKETS = 1024;

    /** Audio packets kept: five seconds at 20 ms. */
    private static final int AUDIO_RING_PACKETS = 256;

    /** Senders report once a second or less often; RFC 3550 allows more to few receivers. */
    private static final long CLOCK_NANOS = 200_000_000L;

    private final NegotiatedMedia media;
    private final String rid;
    private final long ssrc;
    private final ReceiveStream receive;

    private @Nullable RtpStream<Void> life;
    private @Nullable FecReceiver fec;
    private long countedLost;
    private long countedExpected;
    private boolean hasToldClock;
    private long toldClockNanos;

    IncomingStream(NegotiatedMedia media, String rid, long ssrc, ReceiveStream receive) {
        this.media = media;
        this.rid = rid;
        this.ssrc = ssrc;
        this.receive = receive;
    }

    /** How many packets are kept of a stream; a power of two. */
    public static int ringPackets(MediaKind kind) {
        return kind == MediaKind.VIDEO ? VIDEO_RING_PACKETS : AUDIO_RING_PACKETS;
    }

    @Override
    public NegotiatedMedia media() {
        return media;
    }

    @Override
    public String rid() {
        return rid;
    }

    @Override
    public long ssrc() {
        return ssrc;
    }

    /** Numbers, losses and the kept packets. */
    public ReceiveStream receive() {
        return receive;
    }

    /** Its state and numbers; null before the first accepted packet. */
    @Nullable RtpStream<Void> life() {
        return life;
    }

    /** What undoes its FEC; null without. */
    @Nullable FecReceiver fec() {
        return fec;
    }

    void protect(FecReceiver receiver) {
        fec = receiver;
    }

    void begin(RtpStream<Void> stream) {
        life = stream;
    }

    /**
     * Whether others are to hear of its sender's clock now: to tell them costs something for each,
     * and a datagram has room for dozens of reports.
     */
    boolean mayTellClock(long nowNanos) {
        boolean mayTell = !hasToldClock || nowNanos - toldClockNanos >= CLOCK_NANOS;
        if (mayTell) {
            hasToldClock = true;
            toldClockNanos = nowNanos;
        }
        return mayTell;
    }

    /**
     * Packets that were lost on the way since the last call; a late one makes up for a later loss.
     */
    long takeNewlyLost() {
        ReceptionStatistics statistics = receive.statistics();
        if (statistics.expectedPackets() < countedExpected) {
            // The source has begun anew, and its losses with it.
            countedLost = 0;
        }
        countedExpected = statistics.expectedPackets();
        long lost = statistics.cumulativeLost();
        long newlyLost = Math.max(0, lost - countedLost);
        countedLost += newlyLost;
        return newlyLost;
    }

    @Override
    public @Nullable ByteBuf packet(long extendedSequence) {
        return receive.packet(extendedSequence);
    }

    @Override
    public long highestSequence() {
        return receive.highestSequence();
    }

    @Override
    public @Nullable SenderReport lastSenderReport() {
        return receive.statistics().lastSenderReport();
    }

    @Override
    public long lastSenderReportNanos() {
        return receive.statistics().lastSenderReportNanos();
    }

    @Override
    public void onKeyFrame() {
        receive.onKeyFrame();
    }
}
