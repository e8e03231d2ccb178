package dev.sluice.server.router;

import dev.sluice.media.rtcp.SenderReport;

import org.jspecify.annotations.Nullable;

import java.util.List;

/** What a {@link Relay} carries besides packets; each about one stream, which its number tells. */
sealed interface RelayNote {

    /**
     * A stream has come up; before anything else of it.
     *
     * @param mediaIndex the media section that it belongs to
     * @param rid the simulcast layer; empty without simulcast
     * @param sizes of its spatial layers, as far as they are known
     * @param report what the publisher told of his clock so far; null where he has not
     */
    record Stream(
            int mediaIndex,
            String rid,
            long ssrc,
            List<PictureSize> sizes,
            @Nullable SenderReport report,
            long reportNanos)
            implements RelayNote {}

    /** The publisher told his clock. */
    record Clock(SenderReport report, long atNanos) implements RelayNote {}

    /** Notes that say all by being there. */
    enum Plain implements RelayNote {
        /** A number of the stream carried nothing that is forwarded. */
        CONSUMED,
        /** Loss on the publisher's way cannot be repaired. */
        REPAIR_GIVEN_UP
    }
}
