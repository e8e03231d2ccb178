package dev.sluice.media.payload;

import io.netty.buffer.ByteBuf;

/**
 * The two companding laws of ITU-T G.711: a byte for each sample, in eight segments of sixteen
 * steps, each segment twice as coarse as the one below. Payload formats PCMU and PCMA of RFC 3551
 * section 4.5.14.
 *
 * <pre>
 *    0 1 2 3 4 5 6 7
 *   +-+-+-+-+-+-+-+-+   PCMU has all bits inverted on the wire, PCMA each second one,
 *   |s| seg | step  |   and its sign bit is 1 for positive samples.
 *   +-+-+-+-+-+-+-+-+
 * </pre>
 *
 * Linear samples have 16 bits; G.711 itself speaks of 14 (mu-law) and 13 (A-law), which are their
 * upper ones.
 */
public enum G711 {
    /** The mu-law. */
    PCMU(0) {
        @Override
        public int decode(int code) {
            int bits = ~code & 0xFF;
            int segment = (bits >>> STEP_BITS) & SEGMENT_MASK;
            int magnitude = ((((bits & STEP_MASK) << 3) + MU_BIAS) << segment) - MU_BIAS;
            return (bits & SIGN_BIT) == 0 ? magnitude : -magnitude;
        }

        @Override
        public int encode(int sample) {
            // Of -1 and 0, the two middle ones, each is the other's mirror image.
            int magnitude = sample < 0 ? ~sample : sample;
            int biased = Math.min(magnitude, MU_CLIP) + MU_BIAS;
            int segment = highestBit(biased) - MU_LOWEST_SEGMENT_BIT;
            int step = (biased >>> (segment + 3)) & STEP_MASK;
            int sign = sample < 0 ? SIGN_BIT : 0;
            return ~(sign | (segment << STEP_BITS) | step) & 0xFF;
        }
    },
    /** The A-law. */
    PCMA(8) {
        @Override
        public int decode(int code) {
            int bits = (code & 0xFF) ^ A_TOGGLED_BITS;
            int segment = (bits >>> STEP_BITS) & SEGMENT_MASK;
            int step = ((bits & STEP_MASK) << 4) + A_HALF_STEP;
            int magnitude = segment == 0 ? step : (step + A_SEGMENT_BASE) << (segment - 1);
            return (bits & SIGN_BIT) == 0 ? -magnitude : magnitude;
        }

        @Override
        public int encode(int sample) {
            int magnitude = Math.min(sample < 0 ? ~sample : sample, Short.MAX_VALUE);
            int segment = Math.max(0, highestBit(magnitude) - A_LOWEST_SEGMENT_BIT);
            int step = (magnitude >>> (Math.max(segment, 1) + 3)) & STEP_MASK;
            int sign = sample < 0 ? 0 : SIGN_BIT;
            return (sign | (segment << STEP_BITS) | step) ^ A_TOGGLED_BITS;
        }
    };

    /** Of both formats. */
    public static final int CLOCK_RATE_HZ = 8_000;

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private static final int SIGN_BIT = 0x80;
    private static final int SEGMENT_MASK = 0x07;
    private static final int STEP_MASK = 0x0F;
    private static final int STEP_BITS = 4;

    /** 33 in G.711's 14 bits: makes each segment begin at a power of two. */
    private static final int MU_BIAS = 0x84;

    private static final int MU_CLIP = Short.MAX_VALUE - MU_BIAS;
    private static final int MU_LOWEST_SEGMENT_BIT = 7;

    private static final int A_TOGGLED_BITS = 0x55;
    private static final int A_HALF_STEP = 8;
    private static final int A_SEGMENT_BASE = 0x100;
    private static final int A_LOWEST_SEGMENT_BIT = 7;

    private final int payloadType;

    G711(int payloadType) {
        this.payloadType = payloadType;
    }

    /** The code of a sample, 0 to 255; samples beyond 16 bits count as the outermost ones. */
    public abstract int encode(int sample);

    /** The 16-bit sample of a code, of which the lowest eight bits count. */
    public abstract int decode(int code);

    /** Encodes samples and appends the codes. */
    public void encode(short[] source, int from, int count, ByteBuf out) {
        for (int i = 0; i < count; i++) {
            out.writeByte(encode(source[from + i]));
        }
    }

    /** Decodes as many samples as there are bytes. */
    public void decode(ByteBuf source, int index, int sizeBytes, short[] target, int from) {
        for (int i = 0; i < sizeBytes; i++) {
            target[from + i] = (short) decode(source.getUnsignedByte(index + i));
        }
    }

    /** The static payload type of RFC 3551 section 6. */
    public int payloadType() {
        return payloadType;
    }

    /** Of a payload, in ticks of 8 kHz: a byte is a sample of one channel. */
    public static int durationTicks(int payloadSizeBytes, int channels) {
        return payloadSizeBytes / channels;
    }

    /** Of a payload. */
    public static long durationNanos(int payloadSizeBytes, int channels) {
        return durationTicks(payloadSizeBytes, channels) * NANOS_PER_SECOND / CLOCK_RATE_HZ;
    }

    private static int highestBit(int value) {
        return Integer.SIZE - 1 - Integer.numberOfLeadingZeros(value | 1);
    }
}
