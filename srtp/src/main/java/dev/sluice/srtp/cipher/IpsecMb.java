package dev.sluice.srtp.cipher;

import static dev.sluice.srtp.cipher.NativeLibrary.POINTER;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.FunctionDescriptor;
import java.lang.invoke.MethodHandle;
import java.util.Arrays;

/**
 * The functions of Intel's Multi-Buffer Crypto library for IPsec that AES-GCM needs, in the fastest
 * form that it has for this processor. Loaded when this class is first used; nothing but {@link
 * #problem} may be called while that gives a reason.
 *
 * <p>The functions are pointers in the library's IMB_MGR. Its layout is part of the interface that
 * the library's major version names; version 2 has another one, so that none but version 1 is taken
 * and only pointers that lead back into the library.
 *
 * @see <a href="https://github.com/intel/intel-ipsec-mb">intel-ipsec-mb</a>
 */
final class IpsecMb {

    /** struct gcm_context_data is 88 bytes. */
    static final int CONTEXT_SIZE_BYTES = 256;

    /** struct gcm_key_data is 1,008 bytes in version 1.3 and was up to 2,288 before it. */
    private static final int MAX_KEY_DATA_SIZE_BYTES = 4096;

    private static final int CACHE_LINE_BYTES = 64;

    private static final int AES_256_KEY_BYTES = 32;

    private static final int MAJOR = 1;
    private static final int MAJOR_SHIFT = 16;

    /** The first version whose layout was checked, 1.3.0. */
    private static final int MIN_VERSION = (MAJOR << MAJOR_SHIFT) | (3 << 8);

    /**
     * Of IMB_MGR's pointers to functions: behind flags, features, five reserved words, the
     * architecture and the error.
     */
    private static final int FUNCTIONS_OFFSET = 64;

    private static final int ENCRYPT_128 = 24;
    private static final int ENCRYPT_256 = 26;
    private static final int DECRYPT_128 = 27;
    private static final int DECRYPT_256 = 29;
    private static final int EXPAND_KEY_128 = 48;
    private static final int EXPAND_KEY_256 = 50;

    private static final NativeLibrary LIBRARY =
            NativeLibrary.load("libIPSec_MB.so.1", "libIPSec_MB.so");

    private static final MethodHandle VERSION =
            LIBRARY.function("imb_get_version", FunctionDescriptor.of(JAVA_INT));
    private static final MethodHandle VERSION_TEXT =
            LIBRARY.function("imb_get_version_str", FunctionDescriptor.of(POINTER));
    private static final MethodHandle MANAGER_SIZE =
            LIBRARY.function("imb_get_mb_mgr_size", FunctionDescriptor.of(POINTER));
    private static final MethodHandle MANAGER_NEW =
            LIBRARY.function("alloc_mb_mgr", FunctionDescriptor.of(POINTER, POINTER));
    private static final MethodHandle MANAGER_INIT =
            LIBRARY.function("init_mb_mgr_auto", FunctionDescriptor.ofVoid(POINTER, POINTER));
    private static final MethodHandle ERROR =
            LIBRARY.function("imb_get_errno", FunctionDescriptor.of(JAVA_INT, POINTER));

    /** Kept as long as the process lives; zero when the library cannot be used. */
    private static final long MANAGER = manager();

    /** Key data, context, output, input, size, nonce, associated data, size, tag, size. */
    private static final FunctionDescriptor CRYPT =
            FunctionDescriptor.ofVoid(
                    POINTER, POINTER, POINTER, POINTER, POINTER, POINTER, POINTER, POINTER, POINTER,
                    POINTER);

    private static final FunctionDescriptor EXPAND = FunctionDescriptor.ofVoid(POINTER, POINTER);

    private static final MethodHandle ENCRYPT_BY_128 = function(ENCRYPT_128, CRYPT);
    private static final MethodHandle ENCRYPT_BY_256 = function(ENCRYPT_256, CRYPT);
    private static final MethodHandle DECRYPT_BY_128 = function(DECRYPT_128, CRYPT);
    private static final MethodHandle DECRYPT_BY_256 = function(DECRYPT_256, CRYPT);
    private static final MethodHandle EXPAND_128 = function(EXPAND_KEY_128, EXPAND);
    private static final MethodHandle EXPAND_256 = function(EXPAND_KEY_256, EXPAND);

    private static final int KEY_DATA_SIZE_BYTES = measureKeyData();

    private IpsecMb() {}

    /** Why the library cannot be used here; null when it can. */
    static @Nullable String problem() {
        return LIBRARY.problem();
    }

    /** For example "intel-ipsec-mb v1.3.0 (libIPSec_MB.so.1)". */
    static String version() {
        return "intel-ipsec-mb " + versionText() + " (" + LIBRARY.name() + ")";
    }

    private static String versionText() {
        try {
            return NativeLibrary.text((long) VERSION_TEXT.invokeExact());
        } catch (Throwable e) {
            throw NativeLibrary.misuse(e);
        }
    }

    private static long manager() {
        if (problem() != null) {
            return 0;
        }
        try {
            int version = (int) VERSION.invokeExact();
            if (version < MIN_VERSION || version >>> MAJOR_SHIFT != MAJOR) {
                LIBRARY.refuse("it is version " + versionText() + ", not 1.3 or a later 1.x");
                return 0;
            }
            long functionsEnd = FUNCTIONS_OFFSET + Long.BYTES * (EXPAND_KEY_256 + 1L);
            if ((long) MANAGER_SIZE.invokeExact() < functionsEnd) {
                LIBRARY.refuse("its IMB_MGR is smaller than that of version 1");
                return 0;
            }
            return initialised((long) MANAGER_NEW.invokeExact(0L));
        } catch (Throwable e) {
            throw NativeLibrary.misuse(e);
        }
    }

    private static long initialised(long manager) throws Throwable {
        if (manager == 0) {
            LIBRARY.refuse("alloc_mb_mgr gave nothing");
            return 0;
        }
        MANAGER_INIT.invokeExact(manager, 0L);
        int error = (int) ERROR.invokeExact(manager);
        if (error != 0) {
            LIBRARY.refuse("init_mb_mgr_auto failed with error " + error);
            return 0;
        }
        return manager;
    }

    private static MethodHandle function(int number, FunctionDescriptor form) {
        long address = 0;
        if (MANAGER != 0) {
            address = NativeLibrary.word(MANAGER + FUNCTIONS_OFFSET + Long.BYTES * (long) number);
            if (!LIBRARY.holds(address, "alloc_mb_mgr")) {
                LIBRARY.refuse("pointer " + number + " of its IMB_MGR leads elsewhere");
            }
        }
        return LIBRARY.briefFunction(address, form);
    }

    /**
     * What this library keeps of a key on this processor, to whole cache lines and one more, in
     * case it reads in larger pieces: it fills that when a key is expanded, and only reads it from
     * then on.
     */
    static int keyDataSizeBytes() {
        return KEY_DATA_SIZE_BYTES;
    }

    /** By two fillings: a byte that is written may be what was there before, but of one only. */
    private static int measureKeyData() {
        if (problem() != null) {
            return MAX_KEY_DATA_SIZE_BYTES;
        }
        int size = Math.max(filledBytes((byte) 0), filledBytes((byte) 0xFF));
        return -CACHE_LINE_BYTES & (size + 2 * CACHE_LINE_BYTES - 1);
    }

    private static int filledBytes(byte before) {
        byte[] data = new byte[MAX_KEY_DATA_SIZE_BYTES];
        Arrays.fill(data, before);
        try (NativeMemory key = new NativeMemory(AES_256_KEY_BYTES);
                NativeMemory keyData = new NativeMemory(MAX_KEY_DATA_SIZE_BYTES)) {
            keyData.put(0, data);
            expand(
                    key.address(0, AES_256_KEY_BYTES),
                    AES_256_KEY_BYTES,
                    keyData.address(0, MAX_KEY_DATA_SIZE_BYTES));
            keyData.get(0, data);
        }
        int end = data.length;
        while (end > 0 && data[end - 1] == before) {
            end--;
        }
        return end;
    }

    /** Fills key data of {@link #keyDataSizeBytes} from a key of 16 or 32 bytes. */
    static void expand(long key, int keySizeBytes, long keyData) {
        try {
            if (keySizeBytes == 16) {
                EXPAND_128.invokeExact(key, keyData);
            } else {
                EXPAND_256.invokeExact(key, keyData);
            }
        } catch (Throwable e) {
            throw NativeLibrary.misuse(e);
        }
    }

    /** Encrypts in place with a key of 16 or 32 bytes and writes the tag to its address. */
    static void encrypt(
            int keySizeBytes,
            long keyData,
            long context,
            long data,
            long sizeBytes,
            long nonce,
            long associated,
            long associatedBytes,
            long tag) {
        try {
            if (keySizeBytes == 16) {
                ENCRYPT_BY_128.invokeExact(
                        keyData,
                        context,
                        data,
                        data,
                        sizeBytes,
                        nonce,
                        associated,
                        associatedBytes,
                        tag,
                        (long) AesGcm.TAG_SIZE_BYTES);
            } else {
                ENCRYPT_BY_256.invokeExact(
                        keyData,
                        context,
                        data,
                        data,
                        sizeBytes,
                        nonce,
                        associated,
                        associatedBytes,
                        tag,
                        (long) AesGcm.TAG_SIZE_BYTES);
            }
        } catch (Throwable e) {
            throw NativeLibrary.misuse(e);
        }
    }

    /** Decrypts in place and writes the tag that the data should have had. */
    static void decrypt(
            int keySizeBytes,
            long keyData,
            long context,
            long data,
            long sizeBytes,
            long nonce,
            long associated,
            long associatedBytes,
            long tag) {
        try {
            if (keySizeBytes == 16) {
                DECRYPT_BY_128.invokeExact(
                        keyData,
                        context,
                        data,
                        data,
                        sizeBytes,
                        nonce,
                        associated,
                        associatedBytes,
                        tag,
                        (long) AesGcm.TAG_SIZE_BYTES);
            } else {
                DECRYPT_BY_256.invokeExact(
                        keyData,
                        context,
                        data,
                        data,
                        sizeBytes,
                        nonce,
                        associated,
                        associatedBytes,
                        tag,
                        (long) AesGcm.TAG_SIZE_BYTES);
            }
        } catch (Throwable e) {
            throw NativeLibrary.misuse(e);
        }
    }
}
