package dev.sluice.server.session;

import dev.sluice.media.rtcp.SenderReport;
import dev.sluice.media.sdp.NegotiatedCodec;
import dev.sluice.media.sdp.NegotiatedMedia;

import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;

/** One media SSRC of a publisher, wherever he is: what viewers need of it. */
public interface MediaSource {

    /** The media section that it belongs to. */
    NegotiatedMedia media();

    /** The simulcast layer's RID (RFC 8851); empty without simulcast. */
    String rid();

    long ssrc();

    /** The format behind a payload type; null when it is not negotiated. */
    default @Nullable NegotiatedCodec codec(int payloadType) {
        return MediaFormats.byPayloadType(media(), payloadType);
    }

    /**
     * A kept packet, borrowed; null if it never came or is gone.
     *
     * @param extendedSequence without the wrap
     */
    @Nullable ByteBuf packet(long extendedSequence);

    /** The highest number of all packets, without the wrap; -1 before the first. */
    long highestSequence();

    /** What the publisher told of his clock; null before the first time. */
    @Nullable SenderReport lastSenderReport();

    /** When he told it; of no meaning before the first time. */
    long lastSenderReportNanos();

    /** The last packet starts a key frame: what is missing before it does not matter. */
    void onKeyFrame();
}
