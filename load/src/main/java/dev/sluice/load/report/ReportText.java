package dev.sluice.load.report;

import dev.sluice.load.count.ReceivedTotals;
import dev.sluice.load.count.SentTotals;

import java.util.Locale;
import java.util.StringJoiner;
import java.util.TreeMap;

/** A report for people. */
public final class ReportText {

    private static final double NANOS_PER_MILLI = 1e6;
    private static final double BITS_PER_MEGABIT = 1e6;
    private static final double BYTES_PER_MEBIBYTE = 1 << 20;

    private final LoadReport report;
    private final StringJoiner lines = new StringJoiner(System.lineSeparator());

    private ReportText(LoadReport report) {
        this.report = report;
    }

    /** The table, without a line end at its end. */
    public static String write(LoadReport report) {
        ReportText text = new ReportText(report);
        text.joins("publishers", report.publishers());
        text.joins("viewers", report.subscribers());
        if (report.churn() != null) {
            text.joins("churn", report.churn());
        }
        text.media();
        text.processes();
        return text.lines.toString();
    }

    private void joins(String name, JoinFigures joins) {
        line(
                name,
                "%d of %d joined, %.1f a second; join p50 %.0f p95 %.0f max %.0f ms",
                joins.joined(),
                joins.asked(),
                joins.perSecond(),
                millis(joins.join().p50Nanos()),
                millis(joins.join().p95Nanos()),
                millis(joins.join().maxNanos()));
        if (joins.keyFrame().count() > 0) {
            line(
                    "",
                    "first key frame p50 %.0f p95 %.0f max %.0f ms",
                    millis(joins.keyFrame().p50Nanos()),
                    millis(joins.keyFrame().p95Nanos()),
                    millis(joins.keyFrame().maxNanos()));
        }
        new TreeMap<>(joins.failures())
                .forEach((reason, count) -> line("", "failed: %s %d", reason, count));
        joins.details().forEach(detail -> line("", "  %s", detail));
        if (joins.notEnded() > 0) {
            line(
                    "",
                    "%d not ended by DELETE, left to the server: %s",
                    joins.notEnded(),
                    joins.whyNotEnded());
        }
    }

    private void media() {
        line(
                "measured",
                "%.1f s%s",
                report.seconds(),
                report.isComplete() ? "" : " (ended before its time)");
        sent(report.sent());
        received(report.received());
        delay(report.delay());
    }

    private void sent(SentTotals sent) {
        line(
                "sent",
                "%d packets, %.0f a second, %.2f Mbit/s; %d key frames; %d asked again, %d sent"
                        + " again",
                sent.packets(),
                report.perSecond(sent.packets()),
                megabits(sent.bytes()),
                sent.keyFrames(),
                sent.nackedPackets(),
                sent.retransmissions());
    }

    private void received(ReceivedTotals received) {
        line(
                "received",
                "%d packets, %.0f a second, %.2f Mbit/s; %d authenticated, %d rejected",
                received.datagrams(),
                report.perSecond(received.datagrams()),
                megabits(received.bytes()),
                received.authenticated(),
                received.rejected());
        line(
                "loss",
                "%d of %d media packets (%.3f %%); %d dropped on purpose, %d asked for, %d sent"
                        + " again, %d recovered",
                received.lost(),
                received.expected(),
                report.lossPercent(),
                received.injected(),
                received.requested(),
                received.retransmissions(),
                received.recovered());
    }

    private void delay(Distribution delay) {
        line(
                "delay",
                "p50 %.2f p90 %.2f p99 %.2f p99.9 %.2f max %.2f ms, of %d packets",
                millis(delay.p50Nanos()),
                millis(delay.p90Nanos()),
                millis(delay.p99Nanos()),
                millis(delay.p999Nanos()),
                millis(delay.maxNanos()),
                delay.count());
    }

    private void processes() {
        ProcessFigures server = report.server();
        if (server != null) {
            line(
                    "server",
                    "%.1f %% CPU, %.0f ns for a forwarded packet; RSS %.0f MiB at first, %.0f at"
                            + " the end",
                    server.cpuPercent(),
                    report.serverNanosPerPacket(),
                    mebibytes(server.rssStartBytes()),
                    mebibytes(server.rssEndBytes()));
        }
        if (report.serverIsGone()) {
            line("server", "the server's process is gone");
        }
        ProcessFigures own = report.generator();
        line(
                "generator",
                "%sRSS %.0f MiB; timers at most %.1f ms late, %d datagrams not read in"
                        + " time, %d not sent",
                own.isCpuKnown()
                        ? String.format(Locale.ROOT, "%.1f %% CPU, ", own.cpuPercent())
                        : "",
                mebibytes(own.rssEndBytes()),
                millis(report.worstLatenessNanos()),
                report.socketDrops(),
                report.sendQueueFull());
    }

    @SuppressWarnings("AnnotateFormatMethod")
    private void line(String name, String form, Object... values) {
        lines.add("%-11s ".formatted(name) + String.format(Locale.ROOT, form, values));
    }

    private double megabits(long bytes) {
        return report.perSecond(bytes) * Byte.SIZE / BITS_PER_MEGABIT;
    }

    private static double millis(long nanos) {
        return nanos / NANOS_PER_MILLI;
    }

    private static double mebibytes(long bytes) {
        return bytes / BYTES_PER_MEBIBYTE;
    }
}
