package dev.sluice.srtp.cipher;

/**
 * A provider is not on this machine or computes other things than it should; the message says
 * which.
 */
public final class CipherUnavailableException extends Exception {

    private static final long serialVersionUID = 1L;

    CipherUnavailableException(String message) {
        super(message);
    }
}
