package dev.sluice.server.net;

import static java.lang.foreign.ValueLayout.ADDRESS;

import io.netty.util.internal.PlatformDependent;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;

/** Finds functions of Linux's C library, on 64-bit little-endian machines. */
final class LinuxCalls {

    private LinuxCalls() {}

    /** Null where there is no such function, or native code may not be called. */
    @SuppressWarnings("restricted")
    static @Nullable MethodHandle find(
            String name, FunctionDescriptor form, Linker.Option... options) {
        if (PlatformDependent.isOsx()
                || PlatformDependent.isWindows()
                || PlatformDependent.BIG_ENDIAN_NATIVE_ORDER
                || ADDRESS.byteSize() != Long.BYTES) {
            return null;
        }
        try {
            Linker linker = Linker.nativeLinker();
            return linker.defaultLookup()
                    .find(name)
                    .map(address -> linker.downcallHandle(address, form, options))
                    .orElse(null);
        } catch (UnsupportedOperationException | IllegalCallerException e) {
            return null;
        }
    }

    /**
     * The function, which the caller knows to be there.
     *
     * @throws IllegalStateException when it is not
     */
    static MethodHandle present(@Nullable MethodHandle handle) {
        if (handle == null) {
            throw new IllegalStateException("Not available on this system");
        }
        return handle;
    }

    static IllegalStateException misuse(Throwable e) {
        return new IllegalStateException("A native call was not made as it was declared", e);
    }
}
