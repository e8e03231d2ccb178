package dev.sluice.media.fec;

/**
 * How much of a stream is protected.
 *
 * @param packetsPerRepair media packets for each repair packet, 1 to {@link
 *     FecGenerator#MAX_GROUP_PACKETS}: the overhead is its inverse; 0 without protection
 * @param rows repair packets side by side, each of which protects every {@code rows}-th packet: so
 *     many packets in sequence may be lost together. 1, 2, 4 or 8
 */
public record Protection(int packetsPerRepair, int rows) {

    public static final Protection NONE = new Protection(0, 1);

    static final int MAX_ROWS = 8;

    public Protection {
        if (packetsPerRepair < 0 || packetsPerRepair > FecGenerator.MAX_GROUP_PACKETS) {
            throw new IllegalArgumentException(
                    "One repair packet for %d packets, not 0 to %d"
                            .formatted(packetsPerRepair, FecGenerator.MAX_GROUP_PACKETS));
        }
        if (rows < 1 || rows > MAX_ROWS || Integer.bitCount(rows) != 1) {
            throw new IllegalArgumentException(rows + " rows, not 1, 2, 4 or 8");
        }
    }

    public boolean isOn() {
        return packetsPerRepair > 0;
    }

    /** Repair packets for each media packet, 0 to 1. */
    public double overhead() {
        return packetsPerRepair == 0 ? 0 : 1.0 / packetsPerRepair;
    }
}
