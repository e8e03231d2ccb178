package dev.sluice.load.client;

/** A client failed; the message is for people. */
public final class ClientFailure extends Exception {

    private static final long serialVersionUID = 1L;

    private final FailureReason reason;

    public ClientFailure(FailureReason reason, String detail) {
        super(detail);
        this.reason = reason;
    }

    public FailureReason reason() {
        return reason;
    }
}
