package dev.sluice.srtp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.srtp.cipher.CipherKind;
import dev.sluice.srtp.cipher.CipherProvider;
import dev.sluice.srtp.cipher.CipherProviders;
import dev.sluice.srtp.cipher.CipherUnavailableException;

import java.util.ArrayList;
import java.util.List;

/** What SRTP can run on here; machines differ in their libraries, and every test runs on all. */
public final class Providers {

    private static final List<CipherProvider> AVAILABLE = load();

    private Providers() {}

    /** At least BouncyCastle and the Java runtime, which a test of its own holds. */
    public static List<CipherProvider> available() {
        return AVAILABLE;
    }

    private static List<CipherProvider> load() {
        List<CipherProvider> available = new ArrayList<>();
        for (CipherKind kind : CipherKind.values()) {
            try {
                available.add(CipherProviders.load(kind));
            } catch (CipherUnavailableException e) {
                assertThat(e.isFaulty()).isFalse();
            }
        }
        return List.copyOf(available);
    }
}
