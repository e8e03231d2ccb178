package dev.sluice.media.bwe;

import dev.sluice.media.rtcp.Remb;
import dev.sluice.media.time.Deadline;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Estimates what the path of a sender carries from the delay of what it sends, and tells it by REMB
 * (draft-alvestrand-rmcat-remb-03): for senders that do not understand transport feedback. The
 * estimate is that of draft-ietf-rmcat-gcc-02, made at the receiver.
 *
 * <p>Reports each second, and at once when the estimate fell.
 */
public final class ReceiveSideEstimator {

    static final long REPORT_INTERVAL_NANOS = 1_000_000_000L;

    /** A fall below this share of what was told last is told at once. */
    private static final double URGENT_SHARE = 0.97;

    /** Without packets for so long, nothing is told. */
    private static final long SILENCE_NANOS = 2_000_000_000L;

    private static final int MAX_SSRCS = 32;

    private final long senderSsrc;
    private final SenderTime sentTime;
    private final InterArrival interArrival = new InterArrival();
    private final TrendlineEstimator trendline = new TrendlineEstimator();
    private final OveruseDetector detector = new OveruseDetector();
    private final AcknowledgedBitrate incoming = new AcknowledgedBitrate();
    private final AimdRateControl rateControl;
    private final List<Long> ssrcs = new ArrayList<>();
    private long toldBps = Long.MAX_VALUE;
    private long lastPacketNanos;
    private long deadlineNanos = Deadline.NEVER;

    /**
     * @param senderSsrc the sender of the reports
     * @param ticksPerSecond of the times that packets carry: of the RTP clock, or 2^18 for the
     *     header extension abs-send-time
     * @param tickBits how wide these times are, 24 for abs-send-time, 32 for RTP timestamps
     */
    public ReceiveSideEstimator(
            long senderSsrc, long ticksPerSecond, int tickBits, EstimatorSettings settings) {
        this.senderSsrc = senderSsrc;
        sentTime = new SenderTime(ticksPerSecond, tickBits);
        rateControl =
                new AimdRateControl(settings.startBps(), settings.minBps(), settings.maxBps());
    }

    /**
     * Notes an authentic packet.
     *
     * @param sentTicks when it left, as it says itself
     */
    public void onPacket(long ssrc, long sentTicks, int sizeBytes, long nowNanos) {
        if (nowNanos - lastPacketNanos > SILENCE_NANOS) {
            restart();
        }
        lastPacketNanos = nowNanos;
        if (!ssrcs.contains(ssrc) && ssrcs.size() < MAX_SSRCS) {
            ssrcs.add(ssrc);
        }
        if (deadlineNanos == Deadline.NEVER) {
            deadlineNanos = nowNanos + REPORT_INTERVAL_NANOS;
        }
        incoming.onArrival(nowNanos, sizeBytes);
        if (interArrival.onPacket(sentTime.nanos(sentTicks), nowNanos, nowNanos)) {
            onGroup(nowNanos);
        }
    }

    private void restart() {
        interArrival.reset();
        trendline.reset();
        detector.reset();
        sentTime.reset();
    }

    private void onGroup(long nowNanos) {
        long sendDelta = interArrival.sendDeltaNanos();
        trendline.onGroup(interArrival.arrivalDeltaNanos(), sendDelta, nowNanos);
        detector.onTrend(trendline.slope(), trendline.deltaCount(), sendDelta, nowNanos);
        boolean overusing = detector.usage() == BandwidthUsage.OVERUSING;
        if (overusing && rateControl.mayDecrease(incoming.bps(), false, nowNanos)) {
            rateControl.decrease(incoming.bps(), false, nowNanos);
            if (estimateBps() < URGENT_SHARE * toldBps) {
                deadlineNanos = nowNanos;
            }
        }
    }

    /** What the path carries, in bit/s, within the bounds of the settings. */
    public long estimateBps() {
        return rateControl.estimateBps();
    }

    /** Reports when it is time. */
    public void onDeadline(long nowNanos, Consumer<? super Remb> out) {
        if (!Deadline.isDue(deadlineNanos, nowNanos)) {
            return;
        }
        if (nowNanos - lastPacketNanos > SILENCE_NANOS) {
            deadlineNanos = Deadline.NEVER;
            return;
        }
        switch (detector.usage()) {
            case NORMAL -> rateControl.increase(incoming.bps(), false, nowNanos);
            case UNDERUSING -> rateControl.hold();
            case OVERUSING -> {} // answered when it was noticed
        }
        deadlineNanos = nowNanos + REPORT_INTERVAL_NANOS;
        toldBps = estimateBps();
        out.accept(new Remb(senderSsrc, toldBps, List.copyOf(ssrcs)));
    }

    /** When {@link #onDeadline} is to be called, {@link Deadline#NEVER} while nothing comes. */
    public long nextDeadlineNanos() {
        return deadlineNanos;
    }
}
