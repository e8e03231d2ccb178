package dev.sluice.video.payload;

/** What became of a payload. */
public enum PayloadStatus {
    OK,
    /** The bytes are not of the format. */
    MALFORMED,
    /** A fragment whose earlier fragments are missing. */
    INCOMPLETE,
    /** Of the format, but a kind that was not negotiated and is not read. */
    UNSUPPORTED
}
