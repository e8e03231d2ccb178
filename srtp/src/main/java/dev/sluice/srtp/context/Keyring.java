package dev.sluice.srtp.context;

import dev.sluice.srtp.cipher.CipherProvider;
import dev.sluice.srtp.keys.Mki;
import dev.sluice.srtp.keys.SrtpMasterKey;
import dev.sluice.srtp.keys.SrtpOptions;

import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A receiver's master keys; each packet's identifier chooses among them. */
final class Keyring implements AutoCloseable {

    private final KeyInUse[] keys;

    /**
     * @throws IllegalArgumentException when there is no key or more than {@link
     *     SrtpReceiver#MAX_KEYS}, or when they differ in profile or identifier size, or share an
     *     identifier
     */
    Keyring(List<SrtpMasterKey> masterKeys, SrtpOptions options, CipherProvider provider) {
        requireDistinct(masterKeys);
        keys = new KeyInUse[masterKeys.size()];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = new KeyInUse(masterKeys.get(i), options, provider);
        }
    }

    /** Any of them: they agree in the sizes that they add to packets. */
    KeyInUse first() {
        return keys[0];
    }

    /** The key of a sealed RTP packet of at least the overhead, or null for an unknown one. */
    @Nullable KeyInUse ofRtp(ByteBuf packet) {
        for (KeyInUse key : keys) {
            if (key.cipher().isRtpOfKey(packet)) {
                return key;
            }
        }
        return null;
    }

    /** The key of a sealed RTCP packet of at least the overhead, or null for an unknown one. */
    @Nullable KeyInUse ofRtcp(ByteBuf packet) {
        for (KeyInUse key : keys) {
            if (key.cipher().isRtcpOfKey(packet)) {
                return key;
            }
        }
        return null;
    }

    @Override
    public void close() {
        for (KeyInUse key : keys) {
            key.close();
        }
    }

    private static void requireDistinct(List<SrtpMasterKey> keys) {
        if (keys.isEmpty() || keys.size() > SrtpReceiver.MAX_KEYS) {
            throw new IllegalArgumentException(
                    keys.size() + " master keys, not 1 to " + SrtpReceiver.MAX_KEYS);
        }
        SrtpMasterKey first = keys.getFirst();
        Set<Mki> known = new HashSet<>();
        for (SrtpMasterKey key : keys) {
            if (key.keys().profile() != first.keys().profile()
                    || key.mki().sizeBytes() != first.mki().sizeBytes()) {
                throw new IllegalArgumentException(
                        "master keys differ in profile or identifier size: " + first + ", " + key);
            }
            if (!known.add(key.mki())) {
                throw new IllegalArgumentException("two master keys have " + key.mki());
            }
        }
    }
}
