package dev.sluice.media.sdp;

import java.util.List;

/**
 * What offer and answer agreed on.
 *
 * @param remoteUfrag the other side's ICE user name fragment
 * @param remotePwd the other side's ICE password
 * @param remoteFingerprint of the other side's certificate, as in SDP: {@code sha-256 AA:BB:…}
 * @param isDtlsClient whether this side begins the DTLS handshake, as the other one waits for it
 *     ({@code a=setup:passive}, RFC 5763 section 5)
 * @param reducedSizeRtcp whether RTCP need not be compound: each section has {@code a=rtcp-rsize}
 *     (RFC 5506 section 5)
 * @param receiverRoundTrip whether one who only receives may measure the round trip: a section has
 *     {@code a=rtcp-xr} with {@code rcvr-rtt} (RFC 3611 section 5.1)
 * @param media the accepted media sections
 */
public record NegotiatedSession(
        String remoteUfrag,
        String remotePwd,
        String remoteFingerprint,
        boolean isDtlsClient,
        boolean reducedSizeRtcp,
        boolean receiverRoundTrip,
        List<NegotiatedMedia> media) {

    public NegotiatedSession {
        media = List.copyOf(media);
    }
}
