package dev.sluice.srtp.cipher;

/**
 * A provider is not on this machine or computes other things than it should; the message says
 * which.
 */
public final class CipherUnavailableException extends Exception {

    private static final long serialVersionUID = 1L;

    private final boolean faulty;

    /**
     * @param faulty whether it is here but does not do what it should
     */
    public CipherUnavailableException(String message, boolean faulty) {
        super(message);
        this.faulty = faulty;
    }

    /** Whether it is here but does not do what it should. */
    public boolean isFaulty() {
        return faulty;
    }
}
