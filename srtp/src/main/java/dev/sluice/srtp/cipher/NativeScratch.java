package dev.sluice.srtp.cipher;

import org.jspecify.annotations.Nullable;

/** Native memory that is made when it is first needed and grows with the largest need. */
final class NativeScratch implements AutoCloseable {

    private final int initialBytes;

    private @Nullable NativeMemory memory;

    /**
     * @param initialBytes that it has at least when it is first needed
     */
    NativeScratch(int initialBytes) {
        this.initialBytes = initialBytes;
    }

    /** At least this large; what was in it before may be lost. */
    NativeMemory ofSize(int sizeBytes) {
        NativeMemory known = memory;
        if (known != null && known.sizeBytes() >= sizeBytes) {
            return known;
        }
        int grown = known == null ? initialBytes : 2 * known.sizeBytes();
        close();
        NativeMemory fresh = new NativeMemory(Math.max(sizeBytes, grown));
        memory = fresh;
        return fresh;
    }

    @Override
    public void close() {
        if (memory != null) {
            memory.close();
            memory = null;
        }
    }
}
