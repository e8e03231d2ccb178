package dev.sluice.media.rtcp;

import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/**
 * What a {@link CongestionControlFeedback} reports of one stream, RFC 8888 section 3.1; immutable.
 *
 * <pre>
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |                      SSRC of the RTP stream                   |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |          begin_seq            |          num_reports          |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |R|ECN|  Arrival time offset    | ... num_reports, and zeros to a word
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 */
public final class StreamFeedback {

    /** Section 3.1: so that a number is never half of the number space behind another. */
    public static final int MAX_REPORTS = 16384;

    /** The longest time before the report that has a code of its own, in 1/1024 s. */
    public static final int MAX_OFFSET = 0x1FFD;

    /** The arrival was longer before the report than {@link #MAX_OFFSET}. */
    public static final int OFFSET_OVER_RANGE = 0x1FFE;

    /** The arrival was after the report's time, or its time is not known. */
    public static final int OFFSET_UNAVAILABLE = 0x1FFF;

    static final int HEAD_SIZE_BYTES = 8;
    static final int METRIC_SIZE_BYTES = 2;

    private static final int RECEIVED_BIT = 0x8000;
    private static final int ECN_SHIFT = 13;
    private static final int ECN_MASK = 3;
    private static final int OFFSET_MASK = 0x1FFF;
    private static final long OFFSETS_PER_SECOND = 1024;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final long ssrc;
    private final int beginSequence;
    private final short[] metrics;

    /** Takes over the array. */
    private StreamFeedback(long ssrc, int beginSequence, short[] metrics) {
        this.ssrc = ssrc;
        this.beginSequence = beginSequence & 0xFFFF;
        this.metrics = metrics;
    }

    public long ssrc() {
        return ssrc;
    }

    /** The RTP sequence number of the first packet reported on, 0 to 65535. */
    public int beginSequence() {
        return beginSequence;
    }

    /** How many packets are reported on, received or not; at most {@link #MAX_REPORTS}. */
    public int size() {
        return metrics.length;
    }

    /** The RTP sequence number at a position, 0 to 65535. */
    public int sequence(int position) {
        return (beginSequence + position) & 0xFFFF;
    }

    public boolean isReceived(int position) {
        return (metrics[position] & RECEIVED_BIT) != 0;
    }

    /** The ECN mark that the packet arrived with (RFC 3168 section 5), 0 to 3. */
    public int ecn(int position) {
        return (metrics[position] >>> ECN_SHIFT) & ECN_MASK;
    }

    /**
     * How long before the report's time the packet arrived, in 1/1024 s: 0 to {@link #MAX_OFFSET},
     * {@link #OFFSET_OVER_RANGE} or {@link #OFFSET_UNAVAILABLE}; 0 for one not received.
     */
    public int arrivalTimeOffset(int position) {
        return metrics[position] & OFFSET_MASK;
    }

    /** The code of an arrival that was so long before the report's time, rounded down. */
    public static int offsetOf(long beforeReportNanos) {
        if (beforeReportNanos < 0) {
            return OFFSET_UNAVAILABLE;
        }
        long seconds = beforeReportNanos / NANOS_PER_SECOND;
        long rest = beforeReportNanos % NANOS_PER_SECOND;
        long offset =
                Math.min(seconds, MAX_OFFSET) * OFFSETS_PER_SECOND
                        + rest * OFFSETS_PER_SECOND / NANOS_PER_SECOND;
        return offset > MAX_OFFSET ? OFFSET_OVER_RANGE : (int) offset;
    }

    /** The time that an offset up to {@link #MAX_OFFSET} stands for. */
    public static long offsetNanos(int offset) {
        return offset * NANOS_PER_SECOND / OFFSETS_PER_SECOND;
    }

    /** The reports from one position up to another, as feedback of its own. */
    StreamFeedback range(int from, int to) {
        return new StreamFeedback(ssrc, sequence(from), Arrays.copyOfRange(metrics, from, to));
    }

    /** Null when the body ends before the reports, or when they are too many. */
    static @Nullable StreamFeedback read(ByteBuf body) {
        if (body.readableBytes() < HEAD_SIZE_BYTES) {
            return null;
        }
        long ssrc = body.readUnsignedInt();
        int beginSequence = body.readUnsignedShort();
        int count = body.readUnsignedShort();
        int size = RtcpHeader.wholeWords(count * METRIC_SIZE_BYTES);
        if (count > MAX_REPORTS || body.readableBytes() < size) {
            return null;
        }
        short[] metrics = new short[count];
        for (int i = 0; i < count; i++) {
            int metric = body.readShort();
            metrics[i] = (short) ((metric & RECEIVED_BIT) == 0 ? 0 : metric);
        }
        body.skipBytes(size - count * METRIC_SIZE_BYTES);
        return new StreamFeedback(ssrc, beginSequence, metrics);
    }

    int sizeBytes() {
        return HEAD_SIZE_BYTES + RtcpHeader.wholeWords(metrics.length * METRIC_SIZE_BYTES);
    }

    void write(ByteBuf out) {
        int end = out.writerIndex() + sizeBytes();
        out.writeInt((int) ssrc);
        out.writeShort(beginSequence);
        out.writeShort(metrics.length);
        for (short metric : metrics) {
            out.writeShort(metric);
        }
        out.writeZero(end - out.writerIndex());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof StreamFeedback feedback
                && feedback.ssrc == ssrc
                && feedback.beginSequence == beginSequence
                && Arrays.equals(feedback.metrics, metrics);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * Long.hashCode(ssrc) + beginSequence) + Arrays.hashCode(metrics);
    }

    @Override
    public String toString() {
        return "StreamFeedback[ssrc=%d, beginSequence=%d, metrics=%s]"
                .formatted(ssrc, beginSequence, Arrays.toString(metrics));
    }

    /** Collects reports in the order of their numbers. */
    public static final class Builder {

        private final long ssrc;
        private final int beginSequence;
        private short[] metrics = new short[32];
        private int size;

        /** For a stream, from an RTP sequence number on. */
        public Builder(long ssrc, int beginSequence) {
            this.ssrc = ssrc;
            this.beginSequence = beginSequence;
        }

        /**
         * The next packet was received.
         *
         * @param ecn 0 to 3
         * @param arrivalTimeOffset as {@link #offsetOf} gives it
         */
        public Builder received(int ecn, int arrivalTimeOffset) {
            if ((ecn & ~ECN_MASK) != 0 || (arrivalTimeOffset & ~OFFSET_MASK) != 0) {
                throw new IllegalArgumentException(
                        "ECN %d and offset %d; expected 2 and 13 bits"
                                .formatted(ecn, arrivalTimeOffset));
            }
            return add(RECEIVED_BIT | (ecn << ECN_SHIFT) | arrivalTimeOffset);
        }

        /** The next packet was not received. */
        public Builder missing() {
            return add(0);
        }

        public int size() {
            return size;
        }

        public StreamFeedback build() {
            return new StreamFeedback(ssrc, beginSequence, Arrays.copyOf(metrics, size));
        }

        private Builder add(int metric) {
            if (size == MAX_REPORTS) {
                throw new IllegalArgumentException(
                        "More than " + MAX_REPORTS + " reports of one stream");
            }
            if (size == metrics.length) {
                metrics = Arrays.copyOf(metrics, 2 * size);
            }
            metrics[size++] = (short) metric;
            return this;
        }
    }
}
