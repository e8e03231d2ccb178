package dev.sluice.srtp.cipher;

/** What SRTP can run on, the fastest first: by measurement, not by a race at start. */
public enum CipherKind {
    /** Intel's library for IPsec, for AES-GCM on x86-64; counter mode runs on the next best. */
    IPSEC_MB("ipsec-mb"),
    /** OpenSSL's libcrypto. */
    OPENSSL("openssl"),
    /** The ciphers of the Java runtime. */
    JCE("jce"),
    /** BouncyCastle with its native code, where there is any for the machine. */
    BOUNCYCASTLE("bouncycastle");

    private final String configName;

    CipherKind(String configName) {
        this.configName = configName;
    }

    /** As configuration, log and metrics write it. */
    public String configName() {
        return configName;
    }
}
