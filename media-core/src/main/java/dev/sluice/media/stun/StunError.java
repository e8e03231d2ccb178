package dev.sluice.media.stun;

/**
 * The error codes that ICE agents answer with (RFC 8489 section 18.5, RFC 8445 section 20.2, RFC
 * 7675 section 5.2).
 */
public enum StunError {
    BAD_REQUEST(400, "Bad Request"),
    UNAUTHENTICATED(401, "Unauthenticated"),
    FORBIDDEN(403, "Forbidden"),
    UNKNOWN_ATTRIBUTE(420, "Unknown Attribute"),
    ROLE_CONFLICT(487, "Role Conflict");

    private final int code;
    private final String reason;

    StunError(int code, String reason) {
        this.code = code;
        this.reason = reason;
    }

    /** 300..699. */
    public int code() {
        return code;
    }

    /** The reason phrase that goes on the wire. */
    public String reason() {
        return reason;
    }
}
