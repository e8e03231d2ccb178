package dev.sluice.media.rtp;

/**
 * The loudness of the audio in a packet, RFC 6464 section 3.
 *
 * <pre>
 *    0 1 2 3 4 5 6 7
 *   +-+-+-+-+-+-+-+-+
 *   |V|   level     |
 *   +-+-+-+-+-+-+-+-+
 * </pre>
 */
public final class AudioLevel {

    public static final int SIZE_BYTES = 1;

    /** Digital silence. */
    public static final int SILENCE = 127;

    private static final int VOICE_BIT = 0x80;
    private static final int LEVEL_MASK = 0x7F;

    private AudioLevel() {}

    /**
     * The byte as sent, 0 to 255, for {@link #isVoice} and {@link #level}; -1 when the packet has
     * none.
     */
    public static int read(RtpPacket packet, int id) {
        return ExtensionElement.unsigned(packet, id, SIZE_BYTES);
    }

    /** Whether the encoder believes that the packet has voice. */
    public static boolean isVoice(int value) {
        return (value & VOICE_BIT) != 0;
    }

    /** Loudness in -dBov: 0 is the loudest, {@link #SILENCE} the quietest. */
    public static int level(int value) {
        return value & LEVEL_MASK;
    }

    /** The byte to send. */
    public static int of(boolean voice, int level) {
        return (voice ? VOICE_BIT : 0) | (level & LEVEL_MASK);
    }

    /** Sets or adds the element; false where the header cannot take it. */
    public static boolean put(RtpPacket packet, int id, boolean voice, int level) {
        return ExtensionEditor.put(packet, id, SIZE_BYTES, of(voice, level));
    }
}
