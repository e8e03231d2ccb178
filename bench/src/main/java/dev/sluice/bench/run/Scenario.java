package dev.sluice.bench.run;

import dev.sluice.bench.process.BenchException;

import java.util.ArrayList;
import java.util.List;

/**
 * Who publishes what to how many.
 *
 * @param id the name by which it is chosen
 * @param viewersEach of each publisher
 * @param codecs as {@code sluice load} takes them
 * @param rateKbps of each publisher's video
 * @param floorMode which send the floor makes: {@code gso} or {@code sendmmsg}
 * @param allProviders whether it is run with each provider of ciphers
 */
public record Scenario(
        String id,
        String title,
        int publishers,
        int viewersEach,
        String codecs,
        int rateKbps,
        String floorMode,
        boolean allProviders) {

    static final String GSO = "gso";
    static final String SENDMMSG = "sendmmsg";

    private static final String VIDEO = "vp8";
    private static final int LOW_KBPS = 600;
    private static final int HIGH_KBPS = 2500;

    /** The scenario whose ratio to the floor counts. */
    static final String MAIN = "livestream-2500-100";

    /** What the delay is measured with. */
    static final String MEETING = "meeting-10-10";

    static final String AUDIO = "audio-10-100";
    static final String HUNDRED = "livestream-600-100";
    static final String SIX_HUNDRED = "livestream-600-600";

    /** All that there are, in the order of the table. */
    public static List<Scenario> all() {
        List<Scenario> all = new ArrayList<>();
        for (int viewers : new int[] {10, 100, 300, 600}) {
            all.add(livestream(viewers, LOW_KBPS, false));
        }
        all.add(livestream(100, HIGH_KBPS, true));
        all.add(
                new Scenario(
                        AUDIO,
                        "audio room, 10 speakers to 100 listeners each",
                        10,
                        100,
                        "opus",
                        LOW_KBPS,
                        SENDMMSG,
                        false));
        all.add(
                new Scenario(
                        MEETING,
                        "meeting, 10 cameras with sound to 10 viewers each",
                        10,
                        10,
                        "vp8,opus",
                        LOW_KBPS,
                        GSO,
                        false));
        return all;
    }

    private static Scenario livestream(int viewers, int kbps, boolean allProviders) {
        return new Scenario(
                "livestream-%d-%d".formatted(kbps, viewers),
                "livestream, 1 to %d at %d kbit/s".formatted(viewers, kbps),
                1,
                viewers,
                VIDEO,
                kbps,
                GSO,
                allProviders);
    }

    /** The scenario of this name. */
    static Scenario named(String id) {
        return all().stream()
                .filter(one -> one.id().equals(id))
                .findFirst()
                .orElseThrow(
                        () ->
                                new BenchException(
                                        "There is no scenario '%s'; expected one of %s"
                                                .formatted(
                                                        id,
                                                        all().stream()
                                                                .map(Scenario::id)
                                                                .toList())));
    }

    /** The same with another number of publishers. */
    Scenario withPublishers(String newId, int count) {
        return new Scenario(
                newId, title, count, viewersEach, codecs, rateKbps, floorMode, allProviders);
    }

    /** Viewers in all. */
    int viewers() {
        return publishers * viewersEach;
    }

    boolean isLivestream() {
        return id.startsWith("livestream");
    }

    boolean isLowRate() {
        return isLivestream() && rateKbps == LOW_KBPS;
    }
}
