package dev.sluice.srtp.keys;

/**
 * How a direction departs from plain SRTP. Everything is encrypted and authenticated unless a
 * {@code without...} method was called by name; no negotiation here ever calls one.
 */
public final class SrtpOptions {

    /** Encrypted and authenticated, header extensions in the clear: RFC 3711 and RFC 7714. */
    public static final SrtpOptions DEFAULT = new SrtpOptions(false, true, true, true);

    private final boolean cryptex;
    private final boolean rtpEncrypted;
    private final boolean rtpAuthenticated;
    private final boolean rtcpEncrypted;

    private SrtpOptions(
            boolean cryptex,
            boolean rtpEncrypted,
            boolean rtpAuthenticated,
            boolean rtcpEncrypted) {
        if (cryptex && !rtpEncrypted) {
            throw new IllegalStateException("cryptex encrypts, the NULL cipher does not");
        }
        this.cryptex = cryptex;
        this.rtpEncrypted = rtpEncrypted;
        this.rtpAuthenticated = rtpAuthenticated;
        this.rtcpEncrypted = rtcpEncrypted;
    }

    /**
     * The NULL cipher of RFC 3711 section 4.1.3 with authentication, which with keys of {@link
     * SrtpProfile#AES_CM_128_HMAC_SHA1_80} or _32 is SRTP_NULL_HMAC_SHA1_80 or _32 of RFC 5764
     * section 4.1.2. For tests: anyone on the way can listen.
     */
    public static SrtpOptions nullCipher() {
        return DEFAULT.withoutRtpEncryption().withoutRtcpEncryption();
    }

    /**
     * Encrypts CSRCs and header extensions too (RFC 9335), once signalling has said that the peer
     * can take it. A receiver with this option takes both forms, packet by packet.
     */
    public SrtpOptions withCryptex() {
        return new SrtpOptions(true, rtpEncrypted, rtpAuthenticated, rtcpEncrypted);
    }

    /** RTP payloads in the clear (RFC 4568 section 6.3.2, UNENCRYPTED_SRTP); not with AEAD. */
    public SrtpOptions withoutRtpEncryption() {
        return new SrtpOptions(cryptex, false, rtpAuthenticated, rtcpEncrypted);
    }

    /**
     * No tag on RTP (UNAUTHENTICATED_SRTP); not with AEAD. Anyone can forge packets and move replay
     * windows. RTCP keeps its tag, which RFC 3711 section 3.4 makes mandatory.
     */
    public SrtpOptions withoutRtpAuthentication() {
        return new SrtpOptions(cryptex, rtpEncrypted, false, rtcpEncrypted);
    }

    /** Sends RTCP authenticated and with E=0 (UNENCRYPTED_SRTCP). Receivers take either anyway. */
    public SrtpOptions withoutRtcpEncryption() {
        return new SrtpOptions(cryptex, rtpEncrypted, rtpAuthenticated, false);
    }

    public boolean isCryptex() {
        return cryptex;
    }

    public boolean isRtpEncrypted() {
        return rtpEncrypted;
    }

    public boolean isRtpAuthenticated() {
        return rtpAuthenticated;
    }

    public boolean isRtcpEncrypted() {
        return rtcpEncrypted;
    }

    @Override
    public String toString() {
        return "SrtpOptions[cryptex=%b rtpEncrypted=%b rtpAuthenticated=%b rtcpEncrypted=%b]"
                .formatted(cryptex, rtpEncrypted, rtpAuthenticated, rtcpEncrypted);
    }
}
