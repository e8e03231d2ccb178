package dev.sluice.load.client;

import dev.sluice.media.time.WallClock;
import dev.sluice.srtp.keys.CertificateIdentity;
import dev.sluice.srtp.keys.SrtpProfile;

import io.netty.buffer.ByteBufAllocator;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * What all clients of a run share.
 *
 * @param identity the certificate of all; to make one for each would cost more than their media
 * @param secureRandom of credentials and transaction ids; may be used by any thread
 * @param run the number in the stamps of this run
 */
public record ClientWorld(
        CertificateIdentity identity,
        List<SrtpProfile> profiles,
        ByteBufAllocator allocator,
        RandomGenerator secureRandom,
        WallClock wallClock,
        int run) {

    public ClientWorld {
        profiles = List.copyOf(profiles);
    }
}
