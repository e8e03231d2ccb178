package dev.sluice.load.app;

import dev.sluice.load.client.ClientFailure;
import dev.sluice.load.report.Distribution;
import dev.sluice.load.report.JoinFigures;

import org.HdrHistogram.Histogram;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** Counts clients of one kind as they come and go; for any thread. */
final class JoinLedger {

    /** What failed first tells more than what failed after it. */
    private static final int MAX_DETAILS = 5;

    private static final long MAX_NANOS = TimeUnit.MINUTES.toNanos(5);
    private static final int DIGITS = 3;
    private static final double NANOS_PER_SECOND = 1e9;

    private final Map<String, Integer> failures = new TreeMap<>();
    private final List<String> details = new ArrayList<>();
    private final Histogram join = new Histogram(MAX_NANOS, DIGITS);
    private final Histogram keyFrame = new Histogram(MAX_NANOS, DIGITS);
    private int asked;
    private int joined;
    private int left;
    private int lost;
    private int notEnded;
    private String whyNotEnded = "";
    private long firstNanos = Long.MAX_VALUE;
    private long lastNanos = Long.MIN_VALUE;

    synchronized void onAsked(long nowNanos) {
        asked++;
        firstNanos = Math.min(firstNanos, nowNanos);
    }

    synchronized void onJoined(long askedNanos, long joinedNanos) {
        joined++;
        lastNanos = Math.max(lastNanos, joinedNanos);
        join.recordValue(Math.clamp(joinedNanos - askedNanos, 0, MAX_NANOS));
    }

    synchronized void onKeyFrame(long nanos) {
        keyFrame.recordValue(Math.clamp(nanos, 0, MAX_NANOS));
    }

    synchronized void onFailed(ClientFailure failure) {
        failures.merge(failure.reason().key(), 1, Integer::sum);
        String detail = failure.reason().key() + ": " + failure.getMessage();
        if (details.size() < MAX_DETAILS && !details.contains(detail)) {
            details.add(detail);
        }
    }

    /** A client that had joined has failed. */
    synchronized void onLost(ClientFailure failure) {
        lost++;
        onFailed(failure);
    }

    /** The run ended while the client was joining: it has neither joined nor failed. */
    synchronized void onCalledOff() {
        asked--;
    }

    /** The server has a session, or may have it, that no DELETE has ended. */
    synchronized void onNotEnded(ClientFailure why) {
        if (notEnded++ == 0) {
            whyNotEnded = String.valueOf(why.getMessage());
        }
    }

    synchronized void onLeft() {
        left++;
    }

    synchronized int joined() {
        return joined;
    }

    synchronized int asked() {
        return asked;
    }

    synchronized JoinFigures figures() {
        return new JoinFigures(
                asked,
                joined,
                left,
                lost,
                notEnded,
                whyNotEnded,
                failures,
                details,
                Distribution.of(join),
                Distribution.of(keyFrame),
                perSecond());
    }

    private double perSecond() {
        long span = lastNanos - firstNanos;
        return joined == 0 || span <= 0 ? 0 : joined * NANOS_PER_SECOND / span;
    }
}
