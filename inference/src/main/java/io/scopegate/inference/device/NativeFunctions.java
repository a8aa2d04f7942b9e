package io.scopegate.inference.device;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/**
 * The functions of one native library that take pointers and ints and return an int. The library stays loaded. May be
 * used from any thread.
 */
final class NativeFunctions {

    /**
     * System property that is set in a native executable, where every native function would have to be known at build
     * time.
     */
    private static final String NATIVE_IMAGE = "org.graalvm.nativeimage.imagecode";

    private final String library;
    private final SymbolLookup symbols;

    private NativeFunctions(String library, SymbolLookup symbols) {
        this.library = library;
        this.symbols = symbols;
    }

    /**
     * Loads a library.
     *
     * @param library name by which the dynamic linker finds it
     * @param remedy what to do if it is not found
     * @throws UnsupportedOperationException if this build cannot call native functions by name
     */
    static NativeFunctions load(String library, String remedy) throws ProbeFailedException {
        if (System.getProperty(NATIVE_IMAGE) != null) {
            throw new UnsupportedOperationException("a native executable cannot call libraries by name");
        }
        try {
            return new NativeFunctions(library, SymbolLookup.libraryLookup(library, Arena.global()));
        } catch (IllegalArgumentException e) {
            throw ProbeFailedException.absent(
                    library + ": not found by the dynamic linker, or cannot be loaded. " + remedy);
        } catch (IllegalCallerException | LinkageError e) {
            throw new UnsupportedOperationException(e.toString(), e);
        }
    }

    /** Returns whether the library has a function of this name. */
    boolean has(String function) {
        return symbols.find(function).isPresent();
    }

    /** Calls a function. Its arguments are {@link MemorySegment}s and {@link Integer}s. */
    int call(String function, Object... arguments) throws ProbeFailedException {
        MemorySegment address = symbols.find(function)
                .orElseThrow(() -> new ProbeFailedException(library + ": has no function " + function));
        MemoryLayout[] layouts = Arrays.stream(arguments)
                .map(argument -> argument instanceof MemorySegment ? ValueLayout.ADDRESS : ValueLayout.JAVA_INT)
                .toArray(MemoryLayout[]::new);
        FunctionDescriptor descriptor = FunctionDescriptor.of(ValueLayout.JAVA_INT, layouts);
        try {
            return (int)
                    Linker.nativeLinker().downcallHandle(address, descriptor).invokeWithArguments(arguments);
        } catch (IllegalCallerException | LinkageError e) {
            throw new UnsupportedOperationException(e.toString(), e);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(library + ": " + function, e);
        }
    }
}
