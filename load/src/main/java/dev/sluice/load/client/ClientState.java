package dev.sluice.load.client;

/** How far a client has come. */
public enum ClientState {
    NEW,
    /** Has its answer and looks for a path. */
    CHECKING,
    HANDSHAKING,
    /** May send and receive media. */
    CONNECTED,
    FAILED,
    /** Has left by itself. */
    CLOSED;

    /** What is wrong where a client stays in this state for too long. */
    public FailureReason reasonWhenStuck() {
        return switch (this) {
            case NEW, CLOSED -> FailureReason.LOCAL;
            case CHECKING -> FailureReason.ICE;
            case HANDSHAKING -> FailureReason.DTLS;
            case CONNECTED, FAILED -> FailureReason.NO_MEDIA;
        };
    }
}
