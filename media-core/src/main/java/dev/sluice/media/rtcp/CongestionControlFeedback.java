package dev.sluice.media.rtcp;

import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/**
 * Congestion control feedback, RFC 8888 section 3.1: which packets of each stream arrived, when,
 * and with which ECN mark.
 *
 * <pre>
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |V=2|P| FMT=11  |   PT = 205    |          length               |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |                 SSRC of RTCP packet sender                    |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |                 one block a stream, none or more              |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |                 Report Timestamp (32 bits)                    |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 *
 * <p>Unlike other feedback it has no SSRC of a media source in its head.
 *
 * @param senderSsrc who reports
 * @param streams what arrived of each
 * @param reportTimestamp the time of the report as compact NTP time, see {@link
 *     dev.sluice.media.time.NtpTime#compact}
 */
public record CongestionControlFeedback(
        long senderSsrc, List<StreamFeedback> streams, long reportTimestamp)
        implements SplittableRtcp {

    static final int FORMAT = 11;

    private static final int SENDER_SIZE_BYTES = 4;
    private static final int TIMESTAMP_SIZE_BYTES = 4;
    private static final int FIXED_SIZE_BYTES =
            RtcpHeader.SIZE_BYTES + SENDER_SIZE_BYTES + TIMESTAMP_SIZE_BYTES;

    public CongestionControlFeedback {
        streams = List.copyOf(streams);
    }

    static @Nullable CongestionControlFeedback read(ByteBuf body) {
        if (body.readableBytes() < SENDER_SIZE_BYTES + TIMESTAMP_SIZE_BYTES) {
            return null;
        }
        long senderSsrc = body.readUnsignedInt();
        var streams = new ArrayList<StreamFeedback>();
        while (body.readableBytes() > TIMESTAMP_SIZE_BYTES) {
            StreamFeedback stream = StreamFeedback.read(body);
            if (stream == null) {
                return null;
            }
            streams.add(stream);
        }
        return body.readableBytes() < TIMESTAMP_SIZE_BYTES
                ? null
                : new CongestionControlFeedback(senderSsrc, streams, body.readUnsignedInt());
    }

    @Override
    public int sizeBytes() {
        return FIXED_SIZE_BYTES + streams.stream().mapToInt(StreamFeedback::sizeBytes).sum();
    }

    @Override
    public void write(ByteBuf out) {
        int start = RtcpHeader.begin(out, RtcpHeader.TRANSPORT_LAYER_FEEDBACK, FORMAT);
        out.writeInt((int) senderSsrc);
        streams.forEach(stream -> stream.write(out));
        out.writeInt((int) reportTimestamp);
        RtcpHeader.end(out, start);
    }

    /** Divides between two streams, or within one where a single packet's report fits at least. */
    @Override
    public @Nullable RtcpSplit split(int maxSizeBytes) {
        var head = new ArrayList<StreamFeedback>();
        var rest = new ArrayList<>(streams);
        int room = maxSizeBytes - FIXED_SIZE_BYTES;
        while (!rest.isEmpty() && rest.getFirst().sizeBytes() <= room) {
            room -= rest.getFirst().sizeBytes();
            head.add(rest.removeFirst());
        }
        if (!rest.isEmpty()) {
            divideFirst(head, rest, room);
        }
        return head.isEmpty() ? null : RtcpSplit.of(with(head), rest.isEmpty() ? null : with(rest));
    }

    private static void divideFirst(
            List<StreamFeedback> head, List<StreamFeedback> rest, int room) {
        int words = (room - StreamFeedback.HEAD_SIZE_BYTES) / 4;
        int reports = words * 4 / StreamFeedback.METRIC_SIZE_BYTES;
        if (words > 0) {
            StreamFeedback divided = rest.removeFirst();
            head.add(divided.range(0, reports));
            rest.addFirst(divided.range(reports, divided.size()));
        }
    }

    private CongestionControlFeedback with(List<StreamFeedback> streams) {
        return new CongestionControlFeedback(senderSsrc, streams, reportTimestamp);
    }
}
