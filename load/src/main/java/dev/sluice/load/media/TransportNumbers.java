package dev.sluice.load.media;

/** The transport-wide sequence numbers of one client. */
public final class TransportNumbers {

    private int next;

    /** The next number, 0 to 65535. */
    public int take() {
        int taken = next;
        next = (next + 1) & 0xFFFF;
        return taken;
    }
}
