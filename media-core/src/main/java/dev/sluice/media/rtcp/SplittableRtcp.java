package dev.sluice.media.rtcp;

import org.jspecify.annotations.Nullable;

/** A packet whose content may be said in several packets as well as in one. */
public sealed interface SplittableRtcp extends WritableRtcp
        permits SenderReport,
                ReceiverReport,
                SourceDescription,
                Nack,
                FullIntraRequest,
                CongestionControlFeedback,
                ExtendedReport {

    /**
     * Divides the packet so that its first part has at most the given size and says as much as
     * fits; null when nothing of it fits, or when it need not be divided.
     */
    @Nullable RtcpSplit split(int maxSizeBytes);
}
