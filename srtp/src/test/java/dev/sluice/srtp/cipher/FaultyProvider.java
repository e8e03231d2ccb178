package dev.sluice.srtp.cipher;

import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;

/** The Java runtime's ciphers with a mistake, or under another name. */
final class FaultyProvider extends CipherProvider {

    /** What a provider could get wrong. */
    enum Fault {
        KEYSTREAM("AES-CM of RFC 3711"),
        MAC("HMAC-SHA1 of RFC 2202"),
        KEY_OF_AES_GCM("AES-GCM of RFC 7714"),
        LONG_PACKETS("seals as BouncyCastle does"),
        EVERY_TAG_VERIFIES("opens with a false tag"),
        FORGED_PACKETS_CHANGE("keeps a false packet as it was"),
        THROWS("out of order");

        private final String complaint;

        Fault(String complaint) {
            this.complaint = complaint;
        }

        String complaint() {
            return complaint;
        }
    }

    private static final int LONG_SIZE_BYTES = 8_000;

    private final CipherProvider right = new JdkProvider();
    private final CipherKind kind;
    private final @Nullable Fault fault;

    FaultyProvider(CipherKind kind) {
        this.kind = kind;
        this.fault = null;
    }

    FaultyProvider(Fault fault) {
        this.kind = CipherKind.JCE;
        this.fault = fault;
    }

    @Override
    public CipherKind kind() {
        return kind;
    }

    @Override
    public String libraries() {
        return "a faulty library";
    }

    @Override
    AesGcm aesGcm(byte[] key) {
        if (fault == Fault.THROWS) {
            throw new IllegalStateException("out of order");
        }
        byte[] used = key.clone();
        used[0] ^= (byte) (fault == Fault.KEY_OF_AES_GCM ? 1 : 0);
        return new FaultyGcm(right.aesGcm(used));
    }

    @Override
    PacketKeystream keystream(byte[] key) {
        byte[] used = key.clone();
        used[0] ^= (byte) (fault == Fault.KEYSTREAM ? 1 : 0);
        return right.keystream(used);
    }

    @Override
    PacketMac mac(byte[] key) {
        byte[] used = key.clone();
        used[0] ^= (byte) (fault == Fault.MAC ? 1 : 0);
        return right.mac(used);
    }

    private final class FaultyGcm implements AesGcm {

        private final AesGcm gcm;

        FaultyGcm(AesGcm gcm) {
            this.gcm = gcm;
        }

        @Override
        public void nonce(long head, int tail) {
            gcm.nonce(head, tail);
        }

        @Override
        public void seal(ByteBuf packet, int clearSizeBytes) {
            gcm.seal(packet, clearSizeBytes);
            if (fault == Fault.LONG_PACKETS && packet.readableBytes() > LONG_SIZE_BYTES) {
                packet.setByte(LONG_SIZE_BYTES, ~packet.getByte(LONG_SIZE_BYTES));
            }
        }

        @Override
        public void seal(ByteBuf packet, int clearSizeBytes, int word) {
            gcm.seal(packet, clearSizeBytes, word);
        }

        @Override
        public boolean open(ByteBuf packet, int clearSizeBytes, int sealedSizeBytes) {
            boolean open = gcm.open(packet, clearSizeBytes, sealedSizeBytes);
            if (!open && fault == Fault.FORGED_PACKETS_CHANGE) {
                packet.setByte(0, 0);
            }
            return open || fault == Fault.EVERY_TAG_VERIFIES;
        }

        @Override
        public boolean open(ByteBuf packet, int clearSizeBytes, int sealedSizeBytes, int word) {
            return gcm.open(packet, clearSizeBytes, sealedSizeBytes, word);
        }

        @Override
        public void close() {
            gcm.close();
        }
    }
}
