package dev.sluice.bench.runs;

/**
 * An RTP packet of a publisher as it came.
 *
 * @param nanos by the clock of the capture
 * @param bytes of the UDP payload
 * @param ssrc 0 to 2^32-1
 * @param timestamp 0 to 2^32-1; all packets of a frame have the same
 */
record Arrival(long nanos, int bytes, long ssrc, long timestamp) {}
