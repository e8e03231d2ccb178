package dev.sluice.media.sdp;

/** A text is not SDP; the message names the line and what was expected there. */
public final class SdpParseException extends Exception {

    private static final long serialVersionUID = 1L;

    private final int lineNumber;

    SdpParseException(int lineNumber, String message) {
        super("line " + lineNumber + ": " + message);
        this.lineNumber = lineNumber;
    }

    /** Counted from 1; always a line that the text has. */
    public int lineNumber() {
        return lineNumber;
    }
}
