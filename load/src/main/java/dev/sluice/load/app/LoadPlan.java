package dev.sluice.load.app;

import dev.sluice.load.client.PublisherSettings;
import dev.sluice.load.client.ViewerSettings;
import dev.sluice.load.count.Verification;
import dev.sluice.load.report.PlanFigures;
import dev.sluice.load.signal.Endpoint;
import dev.sluice.media.rtp.Codec;

import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * What a run is to do; checked by {@link LoadCommand}.
 *
 * @param streams how many streams the viewers are shared out to
 * @param burstMillis of the pacer of publishers; 0 paces each packet
 * @param joinRate clients started in a second
 * @param churnRate viewers that come, and go, in a second; 0 without
 * @param holdSeconds how long such a viewer stays
 * @param threads that serve the viewers, and as many for the publishers
 * @param token empty without
 * @param serverPid the process whose CPU time is read
 */
public record LoadPlan(
        Endpoint whip,
        Endpoint whep,
        int publishers,
        int subscribers,
        int streams,
        List<Codec> codecs,
        int rateKbps,
        int burstMillis,
        int fps,
        int gopSeconds,
        int seconds,
        int warmupSeconds,
        double joinRate,
        int joinTimeoutSeconds,
        double lossPercent,
        long seed,
        Verification verification,
        int threads,
        double churnRate,
        int holdSeconds,
        String token,
        OptionalLong serverPid) {

    private static final long BPS_PER_KBPS = 1000;

    public LoadPlan {
        codecs = List.copyOf(codecs);
    }

    /** Whether anybody watches, those that come and go included. */
    boolean hasViewers() {
        return subscribers > 0 || churnRate > 0;
    }

    PublisherSettings publisher() {
        return new PublisherSettings(
                codecs,
                rateKbps * BPS_PER_KBPS,
                TimeUnit.MILLISECONDS.toNanos(burstMillis),
                fps,
                TimeUnit.SECONDS.toNanos(gopSeconds));
    }

    ViewerSettings viewer(boolean comesAndGoes) {
        return new ViewerSettings(codecs, lossPercent, verification, comesAndGoes);
    }

    /** What a report says of the plan: all but the token. */
    PlanFigures figures() {
        return new PlanFigures(
                whip.template(),
                whep.template(),
                publishers,
                subscribers,
                streams,
                codecs.stream().map(codec -> codec.name().toLowerCase(Locale.ROOT)).toList(),
                rateKbps,
                burstMillis,
                fps,
                gopSeconds,
                seconds,
                warmupSeconds,
                joinRate,
                lossPercent,
                seed,
                verification.name().toLowerCase(Locale.ROOT),
                threads,
                churnRate,
                holdSeconds);
    }
}
