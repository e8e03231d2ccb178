package dev.sluice.media.receive;

/**
 * What was accepted of one stream so far.
 *
 * @param packets retransmitted ones included
 * @param payloadBytes of these packets, without padding
 * @param headerBytes of their headers, with extensions and padding
 * @param retransmittedPackets those that came by RTX
 * @param retransmittedBytes the payloads of those
 * @param markedPackets those with the marker bit, which in video ends a picture (for instance RFC
 *     7741 section 4.1)
 */
public record ReceiveTotals(
        long packets,
        long payloadBytes,
        long headerBytes,
        long retransmittedPackets,
        long retransmittedBytes,
        long markedPackets) {}
