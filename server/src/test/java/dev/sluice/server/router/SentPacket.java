package dev.sluice.server.router;

import java.util.Arrays;

/**
 * A media packet as the simulated publisher made it.
 *
 * @param startsKeyFrame whether a viewer may begin with it
 */
record SentPacket(
        int sequenceNumber,
        long timestamp,
        boolean marker,
        boolean startsKeyFrame,
        byte[] payload) {

    @Override
    public String toString() {
        return "%d (%d bytes, hash %d)"
                .formatted(sequenceNumber, payload.length, Arrays.hashCode(payload));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SentPacket that
                && sequenceNumber == that.sequenceNumber
                && Arrays.equals(payload, that.payload);
    }

    @Override
    public int hashCode() {
        return sequenceNumber;
    }
}
