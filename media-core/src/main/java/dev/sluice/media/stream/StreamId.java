package dev.sluice.media.stream;

/**
 * Names a stream among those of all sessions. It outlives an SSRC, which may change (RFC 3550
 * section 8.2) and which another session may have as well.
 *
 * @param session the session's id
 * @param number counts the streams of the session from 1; never used twice
 */
public record StreamId(String session, long number) {

    @Override
    public String toString() {
        return session + "/" + number;
    }
}
