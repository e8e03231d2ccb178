package dev.sluice.server.net;

/**
 * What strangers and slow readers can take of TCP.
 *
 * @param maxConnections at once
 * @param maxPerAddress of one remote address, of IPv6 one {@link RemoteBlock}; a NAT may have many
 *     clients behind it
 * @param maxStrangers whose peer is not authenticated; the oldest makes room for a new one
 * @param strangerNanos after which such a connection is closed
 * @param lingerNanos that an ended session's last words are given
 * @param queueBytes that may wait for one connection before packets for it are dropped
 */
record TcpLimits(
        int maxConnections,
        int maxPerAddress,
        int maxStrangers,
        long strangerNanos,
        long lingerNanos,
        int queueBytes) {

    /** One loop's part; the kernel spreads connections evenly, save those of one address. */
    TcpLimits sharedBy(int loops) {
        return new TcpLimits(
                Math.ceilDiv(maxConnections, loops),
                maxPerAddress,
                Math.ceilDiv(maxStrangers, loops),
                strangerNanos,
                lingerNanos,
                queueBytes);
    }

    static final TcpLimits DEFAULT =
            new TcpLimits(4_000, 100, 200, 5_000_000_000L, 1_000_000_000L, 512 << 10);
}
