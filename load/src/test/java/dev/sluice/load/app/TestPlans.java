package dev.sluice.load.app;

import dev.sluice.load.count.Verification;
import dev.sluice.load.signal.Endpoint;
import dev.sluice.media.rtp.Codec;

import java.util.List;
import java.util.OptionalLong;

/** Plans of runs that measure for no time at all. */
final class TestPlans {

    /** For a slow machine: nobody who joins, or fails, needs a tenth of it. */
    private static final int JOIN_TIMEOUT_SECONDS = 60;

    private TestPlans() {}

    /**
     * @param root of the addresses of WHIP and WHEP, without a slash at its end
     * @param streams published, or, without publishers, watched
     */
    static LoadPlan of(String root, int publishers, int subscribers, int streams) {
        return new LoadPlan(
                new Endpoint(root + "/whip/{n}"),
                new Endpoint(root + "/whep/{n}"),
                publishers,
                subscribers,
                streams,
                List.of(Codec.VP8),
                300,
                40,
                30,
                10,
                0,
                0,
                1000,
                JOIN_TIMEOUT_SECONDS,
                0,
                1,
                Verification.NONE,
                1,
                0,
                0,
                "",
                OptionalLong.empty());
    }
}
