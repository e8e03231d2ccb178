package dev.sluice.media.stun;

/** The class of a STUN message (RFC 8489, section 5): the bits C1 and C0 of its type. */
public enum StunClass {
    REQUEST(0),
    INDICATION(1),
    SUCCESS_RESPONSE(2),
    ERROR_RESPONSE(3);

    private final int bits;

    StunClass(int bits) {
        this.bits = bits;
    }

    /**
     * The 14-bit message type of this class and a 12-bit method, bits interleaved as in figure 3.
     */
    int messageType(int method) {
        return (method & 0x000F)
                | (bits & 1) << 4
                | (method & 0x0070) << 1
                | (bits & 2) << 7
                | (method & 0x0F80) << 2;
    }

    static StunClass ofMessageType(int messageType) {
        return switch (messageType & 0x0110) {
            case 0x0000 -> REQUEST;
            case 0x0010 -> INDICATION;
            case 0x0100 -> SUCCESS_RESPONSE;
            default -> ERROR_RESPONSE;
        };
    }

    static int methodOfMessageType(int messageType) {
        return (messageType & 0x000F) | (messageType & 0x00E0) >> 1 | (messageType & 0x3E00) >> 2;
    }
}
