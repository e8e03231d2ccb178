package dev.sluice.server.router;

import dev.sluice.media.ice.IceCandidate;
import dev.sluice.server.session.HandshakeBudget;
import dev.sluice.server.session.SendSettings;
import dev.sluice.server.session.SessionTimeouts;
import dev.sluice.srtp.cipher.CipherProvider;
import dev.sluice.srtp.keys.IdentityRotation;
import dev.sluice.srtp.keys.SrtpProfile;

import java.util.List;

/**
 * What an engine is told at start.
 *
 * @param identities the certificates of sessions; nobody else's
 * @param profiles SRTP profiles in the order of preference
 * @param ciphers what SRTP runs on
 * @param candidates the addresses under which peers reach the loop
 * @param sending how media leaves to viewers
 * @param maxSessions on all loops together
 * @param handshakes for all loops together
 * @param waitForPublisher whether one may watch before somebody publishes
 * @param endViewersWithPublisher whether viewers' sessions end when the publisher leaves
 */
public record EngineSettings(
        IdentityRotation identities,
        List<SrtpProfile> profiles,
        CipherProvider ciphers,
        List<IceCandidate> candidates,
        SessionTimeouts timeouts,
        SendSettings sending,
        int maxSessions,
        HandshakeBudget handshakes,
        boolean waitForPublisher,
        boolean endViewersWithPublisher) {}
