package dev.sluice.server.app;

import dev.sluice.server.config.SrtpProvider;
import dev.sluice.srtp.cipher.CipherKind;
import dev.sluice.srtp.cipher.CipherProvider;
import dev.sluice.srtp.cipher.CipherProviders;
import dev.sluice.srtp.cipher.CipherUnavailableException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds what SRTP runs on, as the configuration asks, and says so in the log. */
final class SrtpCiphers {

    private static final Logger LOG = LoggerFactory.getLogger(SrtpCiphers.class);

    private SrtpCiphers() {}

    /**
     * The ciphers of new sessions.
     *
     * @param loader where providers come from
     * @throws StartException when the one that is asked for does not work here
     */
    static CipherProvider of(SrtpProvider asked, CipherProviders.Loader loader)
            throws StartException {
        CipherProvider ciphers =
                switch (asked) {
                    case AUTO -> fastest(loader);
                    case IPSEC_MB -> exactly(CipherKind.IPSEC_MB, loader);
                    case OPENSSL -> exactly(CipherKind.OPENSSL, loader);
                    case JCE -> exactly(CipherKind.JCE, loader);
                    case BOUNCYCASTLE -> exactly(CipherKind.BOUNCYCASTLE, loader);
                };
        LOG.info("SRTP runs on {} ({})", ciphers.kind().configName(), ciphers.libraries());
        return ciphers;
    }

    private static CipherProvider fastest(CipherProviders.Loader loader) {
        CipherProviders.Choice choice = CipherProviders.fastest(loader);
        for (CipherUnavailableException refused : choice.refused()) {
            if (refused.isFaulty()) {
                LOG.warn("not used for SRTP: {}", refused.getMessage());
            } else {
                LOG.info("not used for SRTP: {}", refused.getMessage());
            }
        }
        return choice.provider();
    }

    private static CipherProvider exactly(CipherKind kind, CipherProviders.Loader loader)
            throws StartException {
        try {
            return loader.load(kind);
        } catch (CipherUnavailableException e) {
            throw new StartException(
                    "srtp.provider is %s, but %s. Install what it needs, or set auto, which takes the fastest that works"
                            .formatted(kind.configName(), e.getMessage()),
                    e);
        }
    }
}
