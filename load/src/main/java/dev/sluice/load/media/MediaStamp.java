package dev.sluice.load.media;

import io.netty.buffer.ByteBuf;

/**
 * The mark at the end of a payload, which tells when the packet left and survives a server that
 * rewrites headers and descriptors.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                        magic                                  |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                        run                                    |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |            monotonic time of this machine in ns (64 bits)     |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 */
public final class MediaStamp {

    public static final int SIZE_BYTES = 16;

    /** Shorter payloads may end with a codec's header, which is left alone. */
    public static final int MIN_PAYLOAD_BYTES = 64;

    /** What {@link #read} gives for a payload without this run's stamp. */
    public static final long NONE = Long.MIN_VALUE;

    private static final int MAGIC = 0x534c_4354; // "SLCT"
    private static final int RUN_OFFSET = 4;
    private static final int TIME_OFFSET = 8;

    private MediaStamp() {}

    /**
     * Overwrites the last bytes of a payload; false, with nothing changed, where it is too short.
     *
     * @param end the absolute index behind the payload
     * @param run tells the stamps of one run from those of others
     */
    public static boolean write(ByteBuf buffer, int end, int payloadBytes, int run, long nanos) {
        if (payloadBytes < MIN_PAYLOAD_BYTES) {
            return false;
        }
        int at = end - SIZE_BYTES;
        buffer.setInt(at, MAGIC);
        buffer.setInt(at + RUN_OFFSET, run);
        buffer.setLong(at + TIME_OFFSET, nanos);
        return true;
    }

    /** The time that a payload was stamped with, or {@link #NONE}. */
    public static long read(ByteBuf buffer, int end, int payloadBytes, int run) {
        int at = end - SIZE_BYTES;
        boolean isStamped =
                payloadBytes >= MIN_PAYLOAD_BYTES
                        && buffer.getInt(at) == MAGIC
                        && buffer.getInt(at + RUN_OFFSET) == run;
        return isStamped ? buffer.getLong(at + TIME_OFFSET) : NONE;
    }
}
