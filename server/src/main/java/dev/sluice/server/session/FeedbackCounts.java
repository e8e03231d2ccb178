package dev.sluice.server.session;

import dev.sluice.media.rtcp.FullIntraRequest;
import dev.sluice.media.rtcp.Nack;
import dev.sluice.media.rtcp.PictureLossIndication;
import dev.sluice.media.rtcp.RtcpPacket;

import io.netty.util.collection.LongObjectHashMap;

import org.jspecify.annotations.Nullable;

/** Counts what one side asks the other for, by the SSRC that it is about. */
final class FeedbackCounts {

    /** A peer may name any SSRC; what goes beyond this is not counted. */
    private static final int MAX_SSRCS = 2 * StreamTable.MAX_SSRCS;

    private static final class Counts {
        private long nacks;
        private long plis;
        private long firs;
    }

    private final LongObjectHashMap<Counts> bySsrc = new LongObjectHashMap<>();

    void onNack(long mediaSsrc) {
        counts(mediaSsrc).nacks++;
    }

    void onPacket(RtcpPacket packet) {
        switch (packet) {
            case Nack nack -> onNack(nack.mediaSsrc());
            case PictureLossIndication pli -> counts(pli.mediaSsrc()).plis++;
            case FullIntraRequest fir ->
                    fir.entries().forEach(entry -> counts(entry.ssrc()).firs++);
            default -> {}
        }
    }

    private Counts counts(long ssrc) {
        Counts counts = bySsrc.get(ssrc);
        if (counts == null) {
            counts = new Counts();
            if (bySsrc.size() < MAX_SSRCS) {
                bySsrc.put(ssrc, counts);
            }
        }
        return counts;
    }

    FeedbackTotals of(long ssrc) {
        @Nullable Counts counts = bySsrc.get(ssrc);
        return counts == null
                ? FeedbackTotals.NONE
                : new FeedbackTotals(counts.nacks, counts.plis, counts.firs);
    }
}
