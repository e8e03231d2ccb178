package dev.sluice.media.rtp.dependency;

/** What a frame is to a decode target, table A.1. */
public enum DecodeTargetIndication {
    /** The target does without the frame. */
    NOT_PRESENT(0, '-'),
    /** The frame belongs to the target, and nothing in the target refers to it. */
    DISCARDABLE(1, 'D'),
    /** From this frame on, if it can be decoded, all of the target can be. */
    SWITCH(2, 'S'),
    /** The target needs the frame. */
    REQUIRED(3, 'R');

    private static final DecodeTargetIndication[] VALUES = values();

    private final int value;
    private final char symbol;

    DecodeTargetIndication(int value, char symbol) {
        this.value = value;
        this.symbol = symbol;
    }

    /** The letter of table A.1. */
    public char symbol() {
        return symbol;
    }

    /** The two bits on the wire. */
    int value() {
        return value;
    }

    /** Of the two bits on the wire. */
    static DecodeTargetIndication of(int value) {
        return VALUES[value];
    }

    /**
     * Of the letter in table A.1.
     *
     * @throws IllegalArgumentException for any other
     */
    public static DecodeTargetIndication ofSymbol(int symbol) {
        for (DecodeTargetIndication indication : VALUES) {
            if (indication.symbol == symbol) {
                return indication;
            }
        }
        throw new IllegalArgumentException(
                "Indication '" + Character.toString(symbol) + "', not one of -, D, S, R");
    }
}
