package dev.sluice.media.stream;

import dev.sluice.media.rtp.Codec;
import dev.sluice.media.rtp.MediaKind;

/**
 * A stream at one moment, without its keys.
 *
 * @param bitrateBps the target, see {@link StreamConfig}
 * @param hasKeys whether it has keys of its own
 * @param ageNanos since it was created
 * @param inStateNanos since the state began
 * @param packets that came or went
 * @param bytes of these packets
 * @param lostPackets below 0 where duplicates outweigh losses
 * @param jitterNanos the interarrival jitter
 */
public record StreamSnapshot(
        StreamId id,
        String user,
        MediaKind kind,
        long ssrc,
        int payloadType,
        Codec codec,
        long bitrateBps,
        boolean hasKeys,
        StreamState state,
        long ageNanos,
        long inStateNanos,
        long packets,
        long bytes,
        long lostPackets,
        long jitterNanos) {}
