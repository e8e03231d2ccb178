package dev.sluice.srtp.context;

import dev.sluice.srtp.cipher.CipherProvider;
import dev.sluice.srtp.cipher.PacketCipher;
import dev.sluice.srtp.keys.SrtpMasterKey;
import dev.sluice.srtp.keys.SrtpOptions;

/**
 * A master key at work in one direction: its cipher, and how many packets it has protected over all
 * SSRCs. RFC 3711 section 9.2 limits both counts.
 */
final class KeyInUse implements AutoCloseable {

    private final PacketCipher cipher;
    private final long maxRtpPackets;
    private final long maxRtcpPackets;
    private long rtpPackets;
    private long rtcpPackets;

    KeyInUse(SrtpMasterKey key, SrtpOptions options, CipherProvider provider) {
        this(provider.cipher(key, options), key.maxRtpPackets(), key.maxRtcpPackets());
    }

    KeyInUse(PacketCipher cipher, long maxRtpPackets, long maxRtcpPackets) {
        this.cipher = cipher;
        this.maxRtpPackets = maxRtpPackets;
        this.maxRtcpPackets = maxRtcpPackets;
    }

    PacketCipher cipher() {
        return cipher;
    }

    boolean isExhaustedForRtp() {
        return rtpPackets >= maxRtpPackets;
    }

    boolean isExhaustedForRtcp() {
        return rtcpPackets >= maxRtcpPackets;
    }

    void countRtp() {
        rtpPackets++;
    }

    void countRtcp() {
        rtcpPackets++;
    }

    /** For tests of the limits: as if it had protected that many. */
    void age(long rtpPackets, long rtcpPackets) {
        this.rtpPackets = rtpPackets;
        this.rtcpPackets = rtcpPackets;
    }

    @Override
    public void close() {
        cipher.close();
    }
}
