package dev.sluice.server.session;

import dev.sluice.media.ice.IceCredentials;
import dev.sluice.media.sdp.NegotiatedSession;
import dev.sluice.srtp.cipher.CipherProvider;
import dev.sluice.srtp.keys.CertificateIdentity;
import dev.sluice.srtp.keys.DtlsFingerprint;
import dev.sluice.srtp.keys.SrtpProfile;

import io.netty.buffer.ByteBufAllocator;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * Everything a session is made of.
 *
 * @param id unguessable; the last part of the resource's URL
 * @param stream the name that it publishes or watches
 * @param cname the RTCP canonical name that we send (RFC 3550 6.5.1)
 * @param reportSsrc the sender SSRC of RTCP that belongs to no stream of ours
 * @param sending how media leaves to the peer; null for one who only publishes
 * @param profiles SRTP profiles in the order of preference
 * @param ciphers what SRTP runs on
 */
public record SessionSetup(
        String id,
        String stream,
        String cname,
        long reportSsrc,
        NegotiatedSession negotiated,
        IceCredentials localCredentials,
        IceCredentials remoteCredentials,
        DtlsFingerprint remoteFingerprint,
        CertificateIdentity identity,
        @Nullable SendSettings sending,
        List<SrtpProfile> profiles,
        CipherProvider ciphers,
        SessionTimeouts timeouts,
        LoopTools tools) {

    /** Whether the peer has media for us: one who is sent some has agreed to receive alone. */
    boolean takesMedia() {
        return sending == null;
    }

    HandshakeBudget handshakes() {
        return tools.handshakes();
    }

    LoopCounters counters() {
        return tools.counters();
    }

    Mailbox mailbox() {
        return tools.mailbox();
    }

    ByteBufAllocator allocator() {
        return tools.allocator();
    }

    /** The same on another loop. */
    SessionSetup on(LoopTools itsTools) {
        return new SessionSetup(
                id,
                stream,
                cname,
                reportSsrc,
                negotiated,
                localCredentials,
                remoteCredentials,
                remoteFingerprint,
                identity,
                sending,
                profiles,
                ciphers,
                timeouts,
                itsTools);
    }
}
