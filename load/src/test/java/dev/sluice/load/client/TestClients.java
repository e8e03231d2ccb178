package dev.sluice.load.client;

import dev.sluice.load.count.Verification;
import dev.sluice.media.rtp.Codec;
import dev.sluice.media.time.WallClock;
import dev.sluice.srtp.keys.CertificateIdentity;
import dev.sluice.srtp.keys.SrtpProfile;

import io.netty.buffer.UnpooledByteBufAllocator;

import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;

/** Clients that are of no run. */
public final class TestClients {

    public static final SecureRandom RANDOM = new SecureRandom();
    public static final SrtpProfile PROFILE = SrtpProfile.AEAD_AES_128_GCM;
    public static final CertificateIdentity IDENTITY =
            CertificateIdentity.generate(RANDOM, Instant.EPOCH, Duration.ofDays(1));

    public static final ClientWorld WORLD =
            new ClientWorld(
                    IDENTITY,
                    List.of(PROFILE),
                    UnpooledByteBufAllocator.DEFAULT,
                    RANDOM,
                    new WallClock(0),
                    1);

    private TestClients() {}

    /** One that drops nothing on purpose, and looks into all that comes. */
    public static WatchingClient viewer(ClientWire wire, InetSocketAddress local) {
        var settings = new ViewerSettings(List.of(Codec.VP8), 0, Verification.FULL, false);
        return new WatchingClient(WORLD, wire, local, settings, new SplittableRandom(1), _ -> {});
    }
}
