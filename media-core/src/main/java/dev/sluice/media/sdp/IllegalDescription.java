package dev.sluice.media.sdp;

/** Ends a check from within: the description breaks a rule of offer and answer. */
final class IllegalDescription extends Exception {

    private static final long serialVersionUID = 1L;

    private final String why;

    IllegalDescription(String why) {
        super(why, null, false, false);
        this.why = why;
    }

    String why() {
        return why;
    }

    @SuppressWarnings("AnnotateFormatMethod")
    static void require(boolean holds, String why, Object... parts) throws IllegalDescription {
        if (!holds) {
            throw new IllegalDescription(why.formatted(parts));
        }
    }
}
