package dev.sluice.fuzz;

/** What Jazzer calls; the system property {@link #TARGET_PROPERTY} says which target it drives. */
public final class Fuzzer {

    static final String TARGET_PROPERTY = "sluice.fuzz.target";

    private static final FuzzTarget TARGET =
            FuzzTargets.named(System.getProperty(TARGET_PROPERTY, ""));

    private Fuzzer() {}

    /**
     * Called by Jazzer before the first input: the target is made then, as the time that this takes
     * is not the first input's.
     */
    public static void fuzzerInitialize() {
        // This class has been initialized.
    }

    /** Called by Jazzer for each input that it makes. */
    public static void fuzzerTestOneInput(byte[] input) {
        TARGET.accept(input);
    }
}
