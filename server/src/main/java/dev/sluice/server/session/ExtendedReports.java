package dev.sluice.server.session;

import dev.sluice.media.receive.ReferenceTimes;
import dev.sluice.media.rtcp.DlrrBlock;
import dev.sluice.media.rtcp.ExtendedReport;
import dev.sluice.media.rtcp.ReceiverReferenceTimeBlock;
import dev.sluice.media.rtcp.XrBlock;
import dev.sluice.media.send.ReferenceTimeAnswers;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/**
 * Round trips by XR (RFC 3611): to a peer that sends to us and so has no reports of ours to tell
 * them by, and for a peer that asks. He is asked where that was agreed on; whoever asks is
 * answered.
 */
final class ExtendedReports {

    private final SessionSetup setup;
    private final IngressPath ingress;
    private final ReferenceTimes times = new ReferenceTimes();
    private final ReferenceTimeAnswers answers = new ReferenceTimeAnswers();
    private RoundTrip roundTrip = RoundTrip.UNKNOWN;

    ExtendedReports(SessionSetup setup, IngressPath ingress) {
        this.setup = setup;
        this.ingress = ingress;
    }

    void onReport(ExtendedReport report, long nowNanos) {
        for (XrBlock block : report.blocks()) {
            if (block instanceof ReceiverReferenceTimeBlock asked) {
                answers.onReferenceTime(report.senderSsrc(), asked, nowNanos);
            } else if (block instanceof DlrrBlock answer) {
                answer.entries().forEach(entry -> onAnswer(entry, nowNanos));
            }
        }
    }

    private void onAnswer(DlrrBlock.Entry answer, long nowNanos) {
        if (answer.ssrc() != setup.reportSsrc()) {
            return;
        }
        long rttNanos = times.rttNanos(answer, nowNanos);
        if (rttNanos != ReferenceTimes.UNKNOWN) {
            roundTrip = roundTrip.and(rttNanos, nowNanos);
            for (IncomingStream stream : ingress.streams().streams()) {
                stream.receive().onRtt(rttNanos, nowNanos);
            }
        }
    }

    /** The report to send now; null where there is nothing to ask and nothing to answer. */
    @Nullable ExtendedReport next(long nowNanos) {
        List<XrBlock> blocks = new ArrayList<>();
        if (setup.negotiated().receiverRoundTrip() && !ingress.streams().streams().isEmpty()) {
            blocks.add(times.block(nowNanos));
        }
        DlrrBlock answer = answers.take(nowNanos);
        if (answer != null) {
            blocks.add(answer);
        }
        return blocks.isEmpty() ? null : new ExtendedReport(setup.reportSsrc(), blocks);
    }

    /** Whether the peer has asked for something that the next report answers. */
    boolean hasAnswer() {
        return answers.isAsked();
    }

    /** What the peer's answers have told. */
    RoundTrip roundTrip() {
        return roundTrip;
    }
}
