package dev.sluice.load.count;

/** Which received packets are authenticated and decrypted; the others are known by their header. */
public enum Verification {
    /** Each one. */
    FULL(1),
    /** The first hundred of a client, and one of sixteen after that. */
    SAMPLE(16),
    /** None but those that were sent again, which tell nothing in the clear. */
    NONE(Integer.MAX_VALUE);

    private static final int FIRST_PACKETS = 100;

    private final int period;

    Verification(int period) {
        this.period = period;
    }

    /** Whether to authenticate the packet with this number, which counts from 0. */
    public boolean takes(long number) {
        return this != NONE && (number < FIRST_PACKETS || number % period == 0);
    }
}
