package dev.sluice.media.send;

import dev.sluice.media.rtcp.DlrrBlock;
import dev.sluice.media.rtcp.ReceiverReferenceTimeBlock;
import dev.sluice.media.time.NtpTime;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Answers the reference times of receivers, each once (RFC 3611 section 4.5). */
public final class ReferenceTimeAnswers {

    /** Receivers to answer at once: a browser has one SSRC for each media section. */
    private static final int MAX_RECEIVERS = 8;

    private final Map<Long, Asked> asked = new LinkedHashMap<>();

    private record Asked(long compactNtp, long atNanos) {}

    /** A receiver has told its time; one more than can be answered is not. */
    public void onReferenceTime(long ssrc, ReceiverReferenceTimeBlock block, long nowNanos) {
        if (asked.size() < MAX_RECEIVERS || asked.containsKey(ssrc)) {
            asked.put(ssrc, new Asked(NtpTime.compact(block.ntpTime()), nowNanos));
        }
    }

    /** Whether somebody has asked since the last answer. */
    public boolean isAsked() {
        return !asked.isEmpty();
    }

    /** The answer to all who have asked since the last one; null where nobody has. */
    public @Nullable DlrrBlock take(long nowNanos) {
        if (asked.isEmpty()) {
            return null;
        }
        List<DlrrBlock.Entry> entries = new ArrayList<>();
        asked.forEach(
                (ssrc, question) ->
                        entries.add(
                                new DlrrBlock.Entry(
                                        ssrc,
                                        question.compactNtp(),
                                        NtpTime.nanosToCompact(nowNanos - question.atNanos()))));
        asked.clear();
        return new DlrrBlock(entries);
    }
}
