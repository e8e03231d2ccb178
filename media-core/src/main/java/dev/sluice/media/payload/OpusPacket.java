package dev.sluice.media.payload;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * A reusable view of an Opus packet, which is what an RTP payload of Opus is: its table-of-contents
 * byte and the places of its frames, RFC 6716 sections 3.1 to 3.4. Decodes no audio.
 *
 * <pre>
 *    0 1 2 3 4 5 6 7         c: 0 one frame, 1 two of one size, 2 two of different sizes,
 *   +-+-+-+-+-+-+-+-+           3 a byte follows:
 *   | config  |s| c |                                     0 1 2 3 4 5 6 7
 *   +-+-+-+-+-+-+-+-+                                    +-+-+-+-+-+-+-+-+
 *                                                        |v|p|     M     |
 *                                                        +-+-+-+-+-+-+-+-+
 * </pre>
 */
public final class OpusPacket {

    /** Of RTP timestamps, whatever the audio bandwidth is (RFC 7587 section 4.1). */
    public static final int CLOCK_RATE_HZ = 48_000;

    /** 120 ms. */
    public static final int MAX_DURATION_TICKS = 5_760;

    /** 120 ms of frames of 2.5 ms. */
    public static final int MAX_FRAMES = 48;

    /** R2. */
    public static final int MAX_FRAME_SIZE_BYTES = 1275;

    /** A packet of DTX is its table of contents and at most a byte more. */
    private static final int MAX_DTX_SIZE_BYTES = 2;

    private static final int TICKS_PER_2_5_MS = CLOCK_RATE_HZ / 400;
    private static final int TICKS_PER_20_MS = CLOCK_RATE_HZ / 50;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private static final int STEREO_BIT = 0x04;

    private final OpusFrames frames = new OpusFrames();
    private ByteBuf buffer = Unpooled.EMPTY_BUFFER;
    private int toc;
    private int sizeBytes;

    /** Looks at a packet; after anything but OK the view is empty. */
    public OpusStatus wrap(ByteBuf packet, int index, int packetSizeBytes) {
        clear();
        if (packetSizeBytes < 1) {
            return OpusStatus.EMPTY;
        }
        buffer = packet;
        toc = packet.getUnsignedByte(index);
        sizeBytes = packetSizeBytes;
        OpusStatus status = frames.wrap(packet, index, packetSizeBytes, frameTicks());
        if (status != OpusStatus.OK) {
            clear();
        }
        return status;
    }

    /** Lets go of the buffer. */
    public void clear() {
        buffer = Unpooled.EMPTY_BUFFER;
        toc = 0;
        sizeBytes = 0;
        frames.clear();
    }

    /**
     * How long a packet is, by its first one or two bytes, in ticks of 48 kHz; -1 when these are
     * malformed. The cheap answer, without a look at its frames.
     */
    public static int durationTicks(ByteBuf packet, int index, int sizeBytes) {
        if (sizeBytes < 1) {
            return -1;
        }
        int first = packet.getUnsignedByte(index);
        int count =
                switch (first & 0x03) {
                    case 0 -> 1;
                    case 1, 2 -> 2;
                    default ->
                            sizeBytes < 2
                                    ? 0
                                    : packet.getUnsignedByte(index + 1) & OpusFrames.COUNT_MASK;
                };
        int ticks = count * frameTicks(first >>> 3);
        return ticks == 0 || ticks > MAX_DURATION_TICKS ? -1 : ticks;
    }

    private static int frameTicks(int configuration) {
        int step = configuration & 0x03;
        if (configuration >= 16) {
            return TICKS_PER_2_5_MS << step;
        }
        if (configuration >= 12) {
            return (TICKS_PER_20_MS / 2) << (step & 0x01);
        }
        return step == 3 ? 3 * TICKS_PER_20_MS : (TICKS_PER_20_MS / 2) << step;
    }

    /** The borrowed buffer, valid as long as its owner keeps it. */
    public ByteBuf buffer() {
        return buffer;
    }

    /** 0 to 31, table 2. */
    public int configuration() {
        return toc >>> 3;
    }

    public OpusMode mode() {
        if (configuration() < 12) {
            return OpusMode.SILK;
        }
        return configuration() < 16 ? OpusMode.HYBRID : OpusMode.CELT;
    }

    public OpusBandwidth bandwidth() {
        return switch (configuration() / 2) {
            case 0, 1, 8, 9 -> OpusBandwidth.NARROWBAND;
            case 2, 3 -> OpusBandwidth.MEDIUMBAND;
            case 4, 5, 10, 11 -> OpusBandwidth.WIDEBAND;
            case 6, 12, 13 -> OpusBandwidth.SUPERWIDEBAND;
            default -> OpusBandwidth.FULLBAND;
        };
    }

    /** What the frames were coded as; a decoder gives out what it is asked for. */
    public boolean isStereo() {
        return (toc & STEREO_BIT) != 0;
    }

    /** Of one frame, in ticks of 48 kHz: 120 (2.5 ms) to 2880 (60 ms). */
    public int frameTicks() {
        return frameTicks(configuration());
    }

    /** Of one frame. */
    public long frameNanos() {
        return frameTicks() * NANOS_PER_SECOND / CLOCK_RATE_HZ;
    }

    /** Of the packet, in ticks of 48 kHz, at most {@link #MAX_DURATION_TICKS}. */
    public int durationTicks() {
        return frameCount() * frameTicks();
    }

    /** Of the packet. */
    public long durationNanos() {
        return durationTicks() * NANOS_PER_SECOND / CLOCK_RATE_HZ;
    }

    /** 1 to {@link #MAX_FRAMES}. */
    public int frameCount() {
        return frames.count();
    }

    /** The absolute index of a frame. */
    public int frameIndex(int frame) {
        return frames.index(frame);
    }

    /** 0 to {@link #MAX_FRAME_SIZE_BYTES}; 0 means that the frame was lost or not sent. */
    public int frameSizeBytes(int frame) {
        return frames.sizeBytes(frame);
    }

    /**
     * Whether the packet has no audio but says that there is silence: discontinuous transmission
     * makes packets of one or two bytes (RFC 6716 section 2.1.9, RFC 7587 section 3.1.3).
     */
    public boolean isDtx() {
        return sizeBytes > 0 && sizeBytes <= MAX_DTX_SIZE_BYTES;
    }

    /**
     * Whether the first frame has a low-rate copy of the audio before it (in-band FEC): the LBRR
     * flag of each channel, which follows its voice activity flags at the start of a SILK frame, in
     * bits that the range coder leaves as they are (RFC 6716 section 4.2.3).
     */
    public boolean hasInBandFec() {
        if (frameCount() == 0 || mode() == OpusMode.CELT || frames.sizeBytes(0) == 0) {
            return false;
        }
        int silkFrames = Math.max(1, frameTicks() / TICKS_PER_20_MS);
        int first = buffer.getUnsignedByte(frames.index(0));
        boolean mid = (first >>> (7 - silkFrames) & 1) != 0;
        return mid || (isStereo() && (first >>> (6 - 2 * silkFrames) & 1) != 0);
    }
}
