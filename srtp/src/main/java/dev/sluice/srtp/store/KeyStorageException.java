package dev.sluice.srtp.store;

import org.jspecify.annotations.Nullable;

import java.io.IOException;

/** Why keys could not be stored or read. Holds no key bytes. */
public final class KeyStorageException extends IOException {

    private static final long serialVersionUID = 1;

    /** What is wrong. */
    public enum Reason {
        /** The store was made with another master key. */
        WRONG_MASTER_KEY,
        /** The text or file of a master key is none. */
        BAD_MASTER_KEY,
        /** Others than the owner can read a key file or the directory. */
        UNSAFE_PERMISSIONS,
        /** A file of the store is damaged, or not where it was written. */
        DAMAGED_FILE,
        /** A file of the store was written by a later version of this software. */
        UNKNOWN_FORMAT,
        /** Another process, or another manager in this one, has the store open. */
        LOCKED,
        /** The operating system refused. */
        IO
    }

    private final Reason reason;

    KeyStorageException(Reason reason, String message) {
        this(reason, message, null);
    }

    KeyStorageException(Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    /** The exception itself when it says already what is wrong. */
    static KeyStorageException of(String what, IOException cause) {
        return cause instanceof KeyStorageException known
                ? known
                : new KeyStorageException(Reason.IO, what + ": " + cause, cause);
    }

    public Reason reason() {
        return reason;
    }
}
