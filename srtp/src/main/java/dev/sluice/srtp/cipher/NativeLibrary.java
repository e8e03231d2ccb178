package dev.sluice.srtp.cipher;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.util.Optional;

/**
 * A library of the system and the functions in it. Making one never throws: what is missing is
 * remembered as its {@link #problem()}, and then none of its functions may be called.
 *
 * <p>Pointers are given to functions as long, which every 64-bit calling convention passes alike:
 * so no object stands between a packet's address and the call.
 */
@SuppressWarnings("restricted")
final class NativeLibrary {

    /** The form of a pointer, and of a size, in a function's description. */
    static final ValueLayout.OfLong POINTER = ValueLayout.JAVA_LONG;

    /** Of the texts that are read here: versions and file names. */
    private static final int MAX_TEXT_BYTES = 4096;

    private final String name;
    private final @Nullable SymbolLookup symbols;
    private @Nullable String problem;

    private NativeLibrary(String name, @Nullable SymbolLookup symbols, @Nullable String problem) {
        this.name = name;
        this.symbols = symbols;
        this.problem = problem;
    }

    /** The first of these that the system's loader finds; it stays loaded. */
    static NativeLibrary load(String... names) {
        if (ValueLayout.ADDRESS.byteSize() != POINTER.byteSize()) {
            return missing(names, "this is no 64-bit system");
        }
        for (String name : names) {
            try {
                return new NativeLibrary(
                        name, SymbolLookup.libraryLookup(name, Arena.global()), null);
            } catch (IllegalArgumentException e) {
                // The next name may be there.
            } catch (UnsupportedOperationException | IllegalCallerException e) {
                return missing(names, "this Java runtime may not call native code: " + e);
            }
        }
        return missing(names, "the system's loader does not find it");
    }

    /** The C library that the process has loaded already. */
    static NativeLibrary ofSystem() {
        try {
            return new NativeLibrary("C library", Linker.nativeLinker().defaultLookup(), null);
        } catch (UnsupportedOperationException | IllegalCallerException e) {
            return missing(new String[] {"C library"}, "this Java runtime has no linker: " + e);
        }
    }

    private static NativeLibrary missing(String[] names, String why) {
        return new NativeLibrary(names[0], null, String.join(" or ", names) + ": " + why);
    }

    /** The name by which the library was found. */
    String name() {
        return name;
    }

    /** Why no function of this may be called; null when all is well. */
    @Nullable String problem() {
        return problem;
    }

    /** Notes why the library cannot be used, unless a reason is known already. */
    void refuse(String why) {
        if (problem == null) {
            problem = name + ": " + why;
        }
    }

    /** A function that may take its time or wait. */
    MethodHandle function(String symbol, FunctionDescriptor form) {
        return link(symbol, form);
    }

    /**
     * A function that is always short and never waits nor calls back: the call costs a few
     * nanoseconds, and a safepoint waits for its end.
     */
    MethodHandle briefFunction(String symbol, FunctionDescriptor form) {
        return link(symbol, form, Linker.Option.critical(false));
    }

    /** {@link #briefFunction} at an address that the library gave. */
    MethodHandle briefFunction(long address, FunctionDescriptor form) {
        return address == 0 || problem != null
                ? MethodHandles.empty(form.toMethodType())
                : Linker.nativeLinker()
                        .downcallHandle(
                                MemorySegment.ofAddress(address),
                                form,
                                Linker.Option.critical(false));
    }

    private MethodHandle link(String symbol, FunctionDescriptor form, Linker.Option... options) {
        Optional<MemorySegment> address = symbols == null ? Optional.empty() : symbols.find(symbol);
        if (address.isEmpty()) {
            refuse("it has no function " + symbol);
            return MethodHandles.empty(form.toMethodType());
        }
        try {
            return Linker.nativeLinker().downcallHandle(address.get(), form, options);
        } catch (UnsupportedOperationException | IllegalCallerException e) {
            refuse("this Java runtime may not call " + symbol + ": " + e);
            return MethodHandles.empty(form.toMethodType());
        }
    }

    /**
     * Whether an address is within this library, of which it names a function: what a structure
     * says to be a function's address is held against this before it is called.
     */
    boolean holds(long address, String symbol) {
        long start =
                symbols == null ? 0 : symbols.find(symbol).map(MemorySegment::address).orElse(0L);
        long base = LoadedObject.base(start);
        return base != 0 && base == LoadedObject.base(address);
    }

    /** The word in native byte order at an address that is known to be good. */
    static long word(long address) {
        return Memory.ALL.get(ValueLayout.JAVA_LONG_UNALIGNED, address);
    }

    /** Writes to an address that is known to be good. */
    static void set(ValueLayout.OfLong form, long address, long value) {
        Memory.ALL.set(form, address, value);
    }

    /** Writes to an address that is known to be good. */
    static void set(ValueLayout.OfInt form, long address, int value) {
        Memory.ALL.set(form, address, value);
    }

    /** Copies from an address of which that many bytes are known to be good. */
    static void copy(long from, MemorySegment to, int offset, int sizeBytes) {
        MemorySegment.copy(Memory.ALL, from, to, offset, sizeBytes);
    }

    /** What a call through a handle threw, which only a mistake in this package can bring about. */
    static IllegalStateException misuse(Throwable thrown) {
        return thrown instanceof IllegalStateException known
                ? known
                : new IllegalStateException("A call of native code failed", thrown);
    }

    /** The text that a C function has returned. */
    static String text(long address) {
        return address == 0
                ? ""
                : MemorySegment.ofAddress(address).reinterpret(MAX_TEXT_BYTES).getString(0);
    }

    @Override
    public String toString() {
        return "NativeLibrary[" + name + "]";
    }

    /** Made only where native code may be called, without which this would throw. */
    private static final class Memory {

        private static final MemorySegment ALL = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);
    }

    /** Which of the libraries in this process an address belongs to. */
    private static final class LoadedObject {

        private static final MethodHandle DLADDR =
                ofSystem().function("dladdr", FunctionDescriptor.of(JAVA_INT, POINTER, POINTER));

        /** Of Dl_info: the file's name, its base, a symbol's name and address. */
        private static final int INFO_SIZE_BYTES = 32;

        private static final int BASE_OFFSET = 8;

        /** Where the library of this address starts; zero when it is in none. */
        static long base(long address) {
            try (NativeMemory info = new NativeMemory(INFO_SIZE_BYTES)) {
                long at = info.address(0, INFO_SIZE_BYTES);
                int found = address == 0 ? 0 : (int) DLADDR.invokeExact(address, at);
                return found == 0 ? 0 : word(at + BASE_OFFSET);
            } catch (Throwable e) {
                throw misuse(e);
            }
        }
    }
}
