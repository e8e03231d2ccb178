package dev.sluice.server.session;

import dev.sluice.media.ice.NetworkPath;
import dev.sluice.srtp.keys.SrtpProfile;

import org.jspecify.annotations.Nullable;

/**
 * A session's transport at one moment.
 *
 * @param srtpCipher the protection profile's name, as SRTP_AEAD_AES_128_GCM; empty before there are
 *     keys
 * @param isDtlsClient whether this side began the DTLS handshake
 * @param path where datagrams go to; null before one is known
 * @param packetsSent datagrams of every kind but ICE checks
 * @param bytesSent of these, without IP and UDP
 */
public record TransportStats(
        Dtls dtls,
        Ice ice,
        String srtpCipher,
        boolean isDtlsClient,
        @Nullable NetworkPath path,
        long packetsSent,
        long bytesSent,
        long packetsReceived,
        long bytesReceived) {

    /** The profile's name in IANA's registry of DTLS-SRTP protection profiles. */
    static String nameOf(SrtpProfile profile) {
        return "SRTP_" + profile.name().replace("AES_CM_128_", "AES128_CM_");
    }

    /** As RTCDtlsTransportState. */
    public enum Dtls {
        NEW,
        CONNECTING,
        CONNECTED,
        CLOSED
    }

    /** As RTCIceTransportState, of a lite agent: it is connected when the peer has nominated. */
    public enum Ice {
        NEW,
        CHECKING,
        CONNECTED,
        CLOSED
    }
}
