package dev.sluice.media.sdp;

/** Cuts a text into the lines that say something, within bounds. */
final class SdpLines {

    /** Far above any real offer; a longer text is refused before it is read. */
    static final int MAX_TEXT_CHARS = 128 * 1024;

    /** Of attributes mostly, which are looked up one after the other. */
    static final int MAX_LINES = 16 * 1024;

    private static final String TYPES = "vosiuepcbtrzkam";

    private final String text;
    private int next;
    private int number;
    private String line = "";

    SdpLines(String text) throws SdpParseException {
        this.text = text;
        if (text.length() > MAX_TEXT_CHARS) {
            throw new SdpParseException(1, "longer than " + MAX_TEXT_CHARS + " characters");
        }
    }

    /** Goes to the next line that is not empty; false at the end. */
    boolean advance() throws SdpParseException {
        do {
            if (next >= text.length()) {
                return false;
            }
            cut();
        } while (line.isEmpty());
        requireForm();
        return true;
    }

    private void cut() throws SdpParseException {
        number++;
        if (number > MAX_LINES) {
            throw error("more than " + MAX_LINES + " lines");
        }
        int newline = text.indexOf('\n', next);
        int end = newline < 0 ? text.length() : newline;
        boolean hasReturn = end > next && text.charAt(end - 1) == '\r';
        line = text.substring(next, hasReturn ? end - 1 : end);
        next = newline < 0 ? text.length() : newline + 1;
    }

    /** An unknown letter is reason to refuse the whole description (RFC 8866 section 5). */
    private void requireForm() throws SdpParseException {
        if (line.length() < 2 || line.charAt(1) != '=' || TYPES.indexOf(line.charAt(0)) < 0) {
            throw error("expected a line such as v=, o=, m= or a=, found " + Quoted.of(line));
        }
        for (int i = 0; i < line.length(); i++) {
            if (line.charAt(i) < ' ' && line.charAt(i) != '\t') {
                throw error("a control character at column " + (i + 1));
            }
        }
    }

    /** Of the line last advanced to, counted from 1; at least 1. */
    int number() {
        return Math.max(1, number);
    }

    char type() {
        return line.charAt(0);
    }

    /** What follows the equals sign. */
    String value() {
        return line.substring(2);
    }

    String line() {
        return line;
    }

    SdpParseException error(String message) {
        return new SdpParseException(number(), message);
    }

    SdpParseException unexpected(String form) {
        return error("expected " + type() + "=" + form + ", found " + Quoted.of(line));
    }
}
