package dev.sluice.srtp.cipher;

import static dev.sluice.srtp.cipher.NativeLibrary.POINTER;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import io.netty.buffer.ByteBuf;

import java.lang.foreign.FunctionDescriptor;
import java.lang.invoke.MethodHandle;
import java.lang.ref.Reference;
import java.util.Arrays;
import java.util.Objects;

/**
 * HMAC-SHA1 (RFC 2104) by OpenSSL's SHA-1: the states behind the two padded keys are kept, and each
 * packet starts from copies of them.
 */
final class OpenSslHmacSha1 implements PacketMac {

    /** SHA_CTX: 24 words. */
    private static final int STATE_SIZE_BYTES = 96;

    private static final int STATE_STEP_BYTES = 128;
    private static final int INNER_OFFSET = 0;
    private static final int OUTER_OFFSET = STATE_STEP_BYTES;
    private static final int WORK_OFFSET = 2 * STATE_STEP_BYTES;
    private static final int DIGEST_OFFSET = 3 * STATE_STEP_BYTES;
    private static final int WORD_OFFSET = DIGEST_OFFSET + 32;

    /** At first the padded keys lie where digests will. */
    private static final int SIZE_OF_ALL_BYTES = 4 * STATE_STEP_BYTES;

    private static final int BLOCK_SIZE_BYTES = 64;
    private static final byte INNER_PAD = 0x36;
    private static final byte OUTER_PAD = 0x5c;

    private static final MethodHandle INIT =
            OpenSsl.LIBRARY.briefFunction("SHA1_Init", FunctionDescriptor.of(JAVA_INT, POINTER));
    private static final MethodHandle UPDATE =
            OpenSsl.LIBRARY.briefFunction(
                    "SHA1_Update", FunctionDescriptor.of(JAVA_INT, POINTER, POINTER, POINTER));
    private static final MethodHandle FINAL =
            OpenSsl.LIBRARY.briefFunction(
                    "SHA1_Final", FunctionDescriptor.of(JAVA_INT, POINTER, POINTER));

    private final NativeMemory states = new NativeMemory(SIZE_OF_ALL_BYTES);
    private final NativeSpan span = new NativeSpan();
    private final byte[] digest = new byte[SIZE_BYTES];

    /**
     * @param key at most a block of SHA-1, 64 bytes
     */
    OpenSslHmacSha1(byte[] key) {
        Objects.checkIndex(key.length, BLOCK_SIZE_BYTES + 1);
        absorb(key, INNER_PAD, INNER_OFFSET);
        absorb(key, OUTER_PAD, OUTER_OFFSET);
    }

    /** Links the functions, of which one that is missing becomes the library's problem. */
    static void link() {
        Objects.requireNonNull(FINAL);
    }

    private void absorb(byte[] key, byte pad, int stateOffset) {
        byte[] padded = Arrays.copyOf(key, BLOCK_SIZE_BYTES);
        for (int i = 0; i < padded.length; i++) {
            padded[i] ^= pad;
        }
        states.put(DIGEST_OFFSET, padded);
        init(state(stateOffset));
        update(state(stateOffset), states.address(DIGEST_OFFSET, BLOCK_SIZE_BYTES), padded.length);
        states.wipe(DIGEST_OFFSET, BLOCK_SIZE_BYTES);
        Arrays.fill(padded, (byte) 0);
    }

    @Override
    public byte[] digest(ByteBuf packet, int sizeBytes) {
        try {
            start(packet, sizeBytes);
            return end();
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    @Override
    public byte[] digest(ByteBuf packet, int sizeBytes, int word) {
        try {
            start(packet, sizeBytes);
            states.setInt(WORD_OFFSET, word);
            update(state(WORK_OFFSET), states.address(WORD_OFFSET, Integer.BYTES), Integer.BYTES);
            return end();
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    private void start(ByteBuf packet, int sizeBytes) {
        Objects.checkIndex(sizeBytes, packet.readableBytes() + 1);
        states.copy(INNER_OFFSET, WORK_OFFSET, STATE_SIZE_BYTES);
        update(state(WORK_OFFSET), span.read(packet, sizeBytes), sizeBytes);
    }

    private byte[] end() {
        long result = states.address(DIGEST_OFFSET, SIZE_BYTES);
        finish(result, state(WORK_OFFSET));
        states.copy(OUTER_OFFSET, WORK_OFFSET, STATE_SIZE_BYTES);
        update(state(WORK_OFFSET), result, SIZE_BYTES);
        finish(result, state(WORK_OFFSET));
        states.get(DIGEST_OFFSET, digest);
        return digest;
    }

    private long state(int offset) {
        return states.address(offset, STATE_SIZE_BYTES);
    }

    private static void init(long state) {
        try {
            hold((int) INIT.invokeExact(state));
        } catch (Throwable e) {
            throw NativeLibrary.misuse(e);
        }
    }

    private static void update(long state, long data, long sizeBytes) {
        try {
            hold((int) UPDATE.invokeExact(state, data, sizeBytes));
        } catch (Throwable e) {
            throw NativeLibrary.misuse(e);
        }
    }

    private static void finish(long result, long state) {
        try {
            hold((int) FINAL.invokeExact(result, state));
        } catch (Throwable e) {
            throw NativeLibrary.misuse(e);
        }
    }

    private static void hold(int result) {
        if (result != 1) {
            throw new IllegalStateException("OpenSSL's SHA-1 answered " + result + ", not 1");
        }
    }

    @Override
    public void close() {
        states.close();
        span.close();
    }
}
