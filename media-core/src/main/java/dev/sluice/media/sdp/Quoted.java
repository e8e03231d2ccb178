package dev.sluice.media.sdp;

/** Wire text as an error message may show it: short, and of whole printable characters. */
final class Quoted {

    /** Enough to recognise a line by. */
    private static final int MAX_CHARS = 40;

    private Quoted() {}

    static String of(String text) {
        StringBuilder shown = new StringBuilder("'");
        int at = 0;
        while (at < text.length() && at < MAX_CHARS) {
            int codePoint = text.codePointAt(at);
            shown.appendCodePoint(isPrintable(codePoint) ? codePoint : '\uFFFD');
            at += Character.charCount(codePoint);
        }
        return shown.append(at < text.length() ? "…'" : "'").toString();
    }

    private static boolean isPrintable(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.UNASSIGNED ->
                    false;
            default -> true;
        };
    }
}
