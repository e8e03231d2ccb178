package dev.sluice.media.sdp;

import java.util.List;

/**
 * What offer and answer agreed on.
 *
 * @param remoteUfrag the offerer's ICE user name fragment
 * @param remotePwd the offerer's ICE password
 * @param remoteFingerprint of the offerer's certificate, as in SDP: {@code sha-256 AA:BB:…}
 * @param isDtlsClient whether the answerer begins the DTLS handshake, as the offerer waits for it
 *     ({@code a=setup:passive}, RFC 5763 section 5)
 * @param media the accepted media sections
 */
public record NegotiatedSession(
        String remoteUfrag,
        String remotePwd,
        String remoteFingerprint,
        boolean isDtlsClient,
        List<NegotiatedMedia> media) {

    public NegotiatedSession {
        media = List.copyOf(media);
    }
}
