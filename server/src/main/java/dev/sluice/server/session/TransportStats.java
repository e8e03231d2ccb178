package dev.sluice.server.session;

import dev.sluice.media.ice.NetworkPath;

import org.jspecify.annotations.Nullable;

/**
 * A session's transport at one moment.
 *
 * @param srtpCipher the protection profile's name (RFC 5764 section 4.1.2); empty before there are
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
