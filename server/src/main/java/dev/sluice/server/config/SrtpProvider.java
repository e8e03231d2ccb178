package dev.sluice.server.config;

/** What computes SRTP. */
public enum SrtpProvider {
    /** The fastest that works on the machine. */
    AUTO,
    BOUNCYCASTLE,
    /** The ciphers of the Java runtime. */
    JCE,
    /** OpenSSL's libcrypto. */
    OPENSSL,
    /** Intel's Multi-Buffer Crypto library for IPsec. */
    IPSEC_MB
}
