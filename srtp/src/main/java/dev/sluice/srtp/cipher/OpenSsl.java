package dev.sluice.srtp.cipher;

import static dev.sluice.srtp.cipher.NativeLibrary.POINTER;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.FunctionDescriptor;
import java.lang.invoke.MethodHandle;

/**
 * The functions of OpenSSL's libcrypto, 1.1.1 or 3 and later, that packets need. Loaded when this
 * class is first used; nothing but {@link #problem} may be called while that gives a reason.
 *
 * @see <a href="https://docs.openssl.org/3.0/man3/EVP_EncryptInit/">EVP_CipherInit_ex and
 *     others</a>
 */
final class OpenSsl {

    static final int ENCRYPT = 1;
    static final int DECRYPT = 0;

    /** EVP_CTRL_AEAD_GET_TAG and EVP_CTRL_AEAD_SET_TAG. */
    private static final int GET_TAG = 0x10;

    private static final int SET_TAG = 0x11;

    /** OPENSSL_VERSION. */
    private static final int VERSION_TEXT = 0;

    private static final long MIN_VERSION = 0x1010_1000L;

    /** LibreSSL says that it is version 2. */
    private static final long MAJOR_OF_LIBRESSL = 2;

    private static final int MAJOR_SHIFT = 28;

    static final NativeLibrary LIBRARY =
            NativeLibrary.load(
                    "libcrypto.so.3",
                    "libcrypto.so.4",
                    "libcrypto.so.1.1",
                    "libcrypto.so",
                    "libcrypto.3.dylib",
                    "libcrypto-3-x64.dll");

    private static final FunctionDescriptor GIVES_POINTER = FunctionDescriptor.of(POINTER);
    private static final FunctionDescriptor INIT =
            FunctionDescriptor.of(JAVA_INT, POINTER, POINTER, POINTER, POINTER, POINTER, JAVA_INT);

    private static final MethodHandle VERSION_NUMBER =
            LIBRARY.function("OpenSSL_version_num", GIVES_POINTER);
    private static final MethodHandle VERSION =
            LIBRARY.function("OpenSSL_version", FunctionDescriptor.of(POINTER, JAVA_INT));
    private static final MethodHandle AES_128_GCM =
            LIBRARY.function("EVP_aes_128_gcm", GIVES_POINTER);
    private static final MethodHandle AES_256_GCM =
            LIBRARY.function("EVP_aes_256_gcm", GIVES_POINTER);
    private static final MethodHandle AES_128_CTR =
            LIBRARY.function("EVP_aes_128_ctr", GIVES_POINTER);
    private static final MethodHandle AES_256_CTR =
            LIBRARY.function("EVP_aes_256_ctr", GIVES_POINTER);
    private static final MethodHandle CONTEXT_NEW =
            LIBRARY.function("EVP_CIPHER_CTX_new", GIVES_POINTER);
    private static final MethodHandle CONTEXT_FREE =
            LIBRARY.function("EVP_CIPHER_CTX_free", FunctionDescriptor.ofVoid(POINTER));
    private static final MethodHandle SET_KEY = LIBRARY.function("EVP_CipherInit_ex", INIT);
    private static final MethodHandle SET_NONCE = LIBRARY.briefFunction("EVP_CipherInit_ex", INIT);
    private static final MethodHandle UPDATE =
            LIBRARY.briefFunction(
                    "EVP_CipherUpdate",
                    FunctionDescriptor.of(JAVA_INT, POINTER, POINTER, POINTER, POINTER, JAVA_INT));
    private static final MethodHandle FINISH =
            LIBRARY.briefFunction(
                    "EVP_CipherFinal_ex",
                    FunctionDescriptor.of(JAVA_INT, POINTER, POINTER, POINTER));
    private static final MethodHandle CONTROL =
            LIBRARY.briefFunction(
                    "EVP_CIPHER_CTX_ctrl",
                    FunctionDescriptor.of(JAVA_INT, POINTER, JAVA_INT, JAVA_INT, POINTER));

    static {
        refuseOtherVersions();
    }

    private OpenSsl() {}

    /** Why the library cannot be used here; null when it can. */
    static @Nullable String problem() {
        return LIBRARY.problem();
    }

    /** For example "OpenSSL 3.0.19 27 Jan 2026 (libcrypto.so.3)". */
    static String version() {
        try {
            String text = NativeLibrary.text((long) VERSION.invokeExact(VERSION_TEXT));
            return text + " (" + LIBRARY.name() + ")";
        } catch (Throwable e) {
            throw NativeLibrary.misuse(e);
        }
    }

    private static void refuseOtherVersions() {
        if (problem() != null) {
            return;
        }
        long number = versionNumber();
        if (number < MIN_VERSION || number >>> MAJOR_SHIFT == MAJOR_OF_LIBRESSL) {
            LIBRARY.refuse("it is " + version() + ", not OpenSSL 1.1.1 or later");
        }
    }

    private static long versionNumber() {
        try {
            return (long) VERSION_NUMBER.invokeExact() & 0xFFFF_FFFFL;
        } catch (Throwable e) {
            throw NativeLibrary.misuse(e);
        }
    }

    /** The algorithm for a key of 16 or 32 bytes; OpenSSL keeps it. */
    static long aesGcm(int keySizeBytes) {
        return algorithm(keySizeBytes == 16 ? AES_128_GCM : AES_256_GCM);
    }

    /** The algorithm for a key of 16 or 32 bytes; OpenSSL keeps it. */
    static long aesCounterMode(int keySizeBytes) {
        return algorithm(keySizeBytes == 16 ? AES_128_CTR : AES_256_CTR);
    }

    private static long algorithm(MethodHandle function) {
        try {
            return (long) function.invokeExact();
        } catch (Throwable e) {
            throw NativeLibrary.misuse(e);
        }
    }

    /** A cipher's context with its key, which OpenSSL wipes when the handle is closed. */
    static NativeHandle context(long algorithm, byte[] key) {
        NativeHandle context = new NativeHandle(newContext(), OpenSsl::freeContext);
        NativeMemory keyMemory = new NativeMemory(key.length);
        try (keyMemory) {
            keyMemory.put(0, key);
            setKey(context.address(), algorithm, keyMemory.address(0, key.length));
        }
        return context;
    }

    private static void setKey(long context, long algorithm, long key) {
        try {
            hold((int) SET_KEY.invokeExact(context, algorithm, 0L, key, 0L, ENCRYPT));
        } catch (Throwable e) {
            throw NativeLibrary.misuse(e);
        }
    }

    private static long newContext() {
        try {
            return (long) CONTEXT_NEW.invokeExact();
        } catch (Throwable e) {
            throw NativeLibrary.misuse(e);
        }
    }

    private static void freeContext(long context) {
        try {
            CONTEXT_FREE.invokeExact(context);
        } catch (Throwable e) {
            throw NativeLibrary.misuse(e);
        }
    }

    /** Starts a packet with the nonce at this address. */
    static void start(long context, long nonce, int direction) {
        try {
            hold((int) SET_NONCE.invokeExact(context, 0L, 0L, 0L, nonce, direction));
        } catch (Throwable e) {
            throw NativeLibrary.misuse(e);
        }
    }

    /** Takes associated data when {@code output} is zero, else encrypts or decrypts. */
    static void update(long context, long output, long written, long input, int sizeBytes) {
        try {
            hold((int) UPDATE.invokeExact(context, output, written, input, sizeBytes));
        } catch (Throwable e) {
            throw NativeLibrary.misuse(e);
        }
    }

    /** False when the tag of a packet that was decrypted does not verify. */
    static boolean finish(long context, long output, long written) {
        try {
            return (int) FINISH.invokeExact(context, output, written) == 1;
        } catch (Throwable e) {
            throw NativeLibrary.misuse(e);
        }
    }

    static void getTag(long context, long tag) {
        control(context, GET_TAG, tag);
    }

    static void setTag(long context, long tag) {
        control(context, SET_TAG, tag);
    }

    private static void control(long context, int command, long tag) {
        try {
            hold((int) CONTROL.invokeExact(context, command, AesGcm.TAG_SIZE_BYTES, tag));
        } catch (Throwable e) {
            throw NativeLibrary.misuse(e);
        }
    }

    private static void hold(int result) {
        if (result != 1) {
            throw new IllegalStateException("OpenSSL answered " + result + ", not 1");
        }
    }
}
