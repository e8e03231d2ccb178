package dev.sluice.media.rtp;

import io.netty.buffer.ByteBuf;

/**
 * How loud each contributing source of a mixed packet is, RFC 6465: one byte for each CSRC, in the
 * order of the CSRC list.
 *
 * <pre>
 *    0                   1
 *    0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+----
 *   |0|   level 1   |0|   level 2   |  up to 15
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+----
 * </pre>
 */
public final class CsrcAudioLevels {

    private static final int LEVEL_MASK = 0x7F;

    private CsrcAudioLevels() {}

    /**
     * How many levels the packet has: as many as CSRCs, or 0 when it has none or another number of
     * them, which could not be told apart.
     */
    public static int count(RtpPacket packet, int id) {
        int size = ExtensionElement.sizeBytes(packet, id);
        return size == packet.csrcCount() ? size : 0;
    }

    /**
     * Of the source {@link RtpPacket#csrc(int)} in -dBov: 0 is the loudest, {@link
     * AudioLevel#SILENCE} the quietest.
     */
    public static int level(RtpPacket packet, int id, int position) {
        int count = count(packet, id);
        if (position < 0 || position >= count) {
            throw new IndexOutOfBoundsException("Level " + position + " of " + count);
        }
        return packet.buffer().getByte(ExtensionElement.index(packet, id) + position) & LEVEL_MASK;
    }

    /**
     * Sets or adds the element; false where the header cannot take it.
     *
     * @param levels one for each CSRC of the packet, 0 to {@link AudioLevel#SILENCE}
     */
    public static boolean put(RtpPacket packet, int id, int... levels) {
        if (levels.length == 0 || levels.length != packet.csrcCount()) {
            throw new IllegalArgumentException(
                    "%d levels for %d CSRCs".formatted(levels.length, packet.csrcCount()));
        }
        int at = ExtensionEditor.reserve(packet, id, levels.length);
        ByteBuf buffer = packet.buffer();
        for (int i = 0; at >= 0 && i < levels.length; i++) {
            buffer.setByte(at + i, levels[i] & LEVEL_MASK);
        }
        return at >= 0;
    }
}
