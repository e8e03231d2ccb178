package dev.sluice.srtp.cipher;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/** Finds what SRTP runs on. A provider is given out only after its self-test. */
public final class CipherProviders {

    /**
     * @param provider the fastest of this machine
     * @param refused why each faster one was not taken
     */
    public record Choice(CipherProvider provider, List<CipherUnavailableException> refused) {

        public Choice {
            refused = List.copyOf(refused);
        }
    }

    /** Gives a provider of a kind, as {@link #load} does. */
    @FunctionalInterface
    public interface Loader {

        /**
         * The provider of this kind.
         *
         * @throws CipherUnavailableException when there is none that works
         */
        CipherProvider load(CipherKind kind) throws CipherUnavailableException;
    }

    private CipherProviders() {}

    /**
     * The fastest that the loader gives.
     *
     * @throws IllegalStateException when it gives none at all
     */
    public static Choice fastest(Loader loader) {
        List<CipherUnavailableException> refused = new ArrayList<>();
        for (CipherKind kind : CipherKind.values()) {
            try {
                return new Choice(loader.load(kind), refused);
            } catch (CipherUnavailableException e) {
                refused.add(e);
            }
        }
        throw new IllegalStateException("No SRTP cipher works on this machine: " + refused);
    }

    /**
     * The provider of this kind.
     *
     * @throws CipherUnavailableException when it does not load here or fails its self-test
     */
    public static CipherProvider load(CipherKind kind) throws CipherUnavailableException {
        CipherProvider provider =
                switch (kind) {
                    case IPSEC_MB -> ipsecMb();
                    case OPENSSL -> openSsl();
                    case JCE -> new JdkProvider();
                    case BOUNCYCASTLE -> BouncyCastleProvider.INSTANCE;
                };
        ProviderSelfTest.run(provider);
        return provider;
    }

    private static CipherProvider openSsl() throws CipherUnavailableException {
        require(CipherKind.OPENSSL, OpenSslProvider.problem());
        return new OpenSslProvider();
    }

    private static CipherProvider ipsecMb() throws CipherUnavailableException {
        require(CipherKind.IPSEC_MB, IpsecMbProvider.problem());
        boolean hasOpenSsl = OpenSslProvider.problem() == null;
        return new IpsecMbProvider(hasOpenSsl ? new OpenSslProvider() : new JdkProvider());
    }

    private static void require(CipherKind kind, @Nullable String problem)
            throws CipherUnavailableException {
        if (problem != null) {
            throw new CipherUnavailableException(
                    kind.configName() + " is not here: " + problem, false);
        }
    }
}
