package dev.sluice.load.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.media.rtcp.Nack;
import dev.sluice.media.rtcp.PictureLossIndication;
import dev.sluice.media.rtcp.ReceiverReport;
import dev.sluice.media.rtcp.RtcpPacket;
import dev.sluice.media.rtcp.TransportFeedback;
import dev.sluice.media.rtp.Codec;
import dev.sluice.media.rtp.HeaderExtensionMap;
import dev.sluice.media.sdp.NegotiatedCodec;
import dev.sluice.media.sdp.NegotiatedMedia;
import dev.sluice.media.sdp.NegotiatedSession;
import dev.sluice.media.time.Deadline;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

class ViewerFeedbackTest {

    private static final long MILLIS = 1_000_000;
    private static final long OWN_SSRC = 1;
    private static final long VIDEO_SSRC = 2;
    private static final int VP8 = 96;

    private final WatchedStreams streams = new WatchedStreams();
    private final List<RtcpPacket> sent = new ArrayList<>();
    private final ViewerFeedback feedback =
            new ViewerFeedback(OWN_SSRC, streams, packets -> sent.addAll(packets));

    @Test
    void waitsForNothingBeforeItIsConnected() {
        assertThat(feedback.nextDeadlineNanos()).isEqualTo(Deadline.NEVER);
        feedback.onDeadline(0);
        assertThat(sent).isEmpty();
    }

    @Test
    void reportsOnceASecond() {
        feedback.onConnected(false, 0);
        assertThat(runUntil(2500)).containsExactly(1000L, 2000L);
        assertThat(sent).hasSize(2).allMatch(ReceiverReport.class::isInstance);
    }

    @Test
    void asksForAKeyFrameUntilThereIsOne() {
        watchVideo();
        feedback.onConnected(true, 0);
        assertThat(runUntil(1600)).containsExactly(500L, 1000L, 1500L);
        assertThat(sent)
                .filteredOn(PictureLossIndication.class::isInstance)
                .hasSize(2)
                .containsOnly(new PictureLossIndication(OWN_SSRC, VIDEO_SSRC));
        sent.clear();
        feedback.onKeyFrame();
        runUntil(5000);
        assertThat(sent).isNotEmpty().noneMatch(PictureLossIndication.class::isInstance);
    }

    @Test
    void whoDecryptsNothingAsksForNoKeyFrame() {
        watchVideo();
        feedback.onConnected(false, 0);
        runUntil(5000);
        assertThat(sent).isNotEmpty().allMatch(ReceiverReport.class::isInstance);
    }

    @Test
    void tellsOfArrivalsAfterATenthOfASecond() {
        feedback.onConnected(false, 0);
        feedback.onArrival(7, VIDEO_SSRC, 20 * MILLIS);
        feedback.onArrival(8, VIDEO_SSRC, 50 * MILLIS);
        assertThat(runUntil(900)).containsExactly(120L);
        assertThat(sent).singleElement().isInstanceOf(TransportFeedback.class);
    }

    @Test
    void lostNumbersAreNamedAcrossTheRollover() {
        feedback.onPacketsLost(VIDEO_SSRC, 65534, 3);
        assertThat(sent).containsExactly(new Nack(OWN_SSRC, VIDEO_SSRC, List.of(65534, 65535, 0)));
    }

    /** Calls at each deadline until then; in milliseconds, when it was. */
    private List<Long> runUntil(long millis) {
        List<Long> calls = new ArrayList<>();
        while (feedback.nextDeadlineNanos() <= millis * MILLIS) {
            long nowNanos = feedback.nextDeadlineNanos();
            calls.add(nowNanos / MILLIS);
            feedback.onDeadline(nowNanos);
        }
        return calls;
    }

    private void watchVideo() {
        NegotiatedCodec vp8 =
                new NegotiatedCodec(
                        VP8, Codec.VP8, 90_000, 1, Map.of(), -1, true, true, false, false, false);
        NegotiatedMedia video =
                new NegotiatedMedia(
                        0,
                        "0",
                        Codec.VP8.kind(),
                        List.of(vp8),
                        HeaderExtensionMap.EMPTY,
                        List.of(),
                        List.of());
        streams.onAgreed(new NegotiatedSession("", "", "", false, false, false, List.of(video)));
        streams.find(VIDEO_SSRC, VP8);
    }
}
