package dev.sluice.sockets;

import static java.lang.foreign.ValueLayout.ADDRESS;

import io.netty.util.internal.PlatformDependent;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;

/** How functions of Linux's C library are found, on 64-bit little-endian machines. */
@SuppressWarnings("restricted")
final class LinuxCalls {

    private LinuxCalls() {}

    /** The function, or null where there is none. */
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
     * What {@link #find} found.
     *
     * @throws IllegalStateException where that was nothing
     */
    static MethodHandle call(@Nullable MethodHandle handle) {
        if (handle == null) {
            throw new IllegalStateException("Not available on this system");
        }
        return handle;
    }

    static IllegalStateException misuse(Throwable e) {
        return new IllegalStateException("A native call was not made as it was declared", e);
    }
}
