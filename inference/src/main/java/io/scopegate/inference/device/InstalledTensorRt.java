package io.scopegate.inference.device;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/** The TensorRT library that the dynamic linker finds. */
public final class InstalledTensorRt implements TensorRtLibrary {

    private static final String INSTALL = "Install TensorRT 10: 10.14.1 or newer for the published"
            + " ONNX Runtime, that of its JetPack on a Jetson (docs/gpu.md).";

    private static final String BUILD = "getInferLibBuildVersion";

    private final String library;
    private final Path maps;

    /** @param library name by which the dynamic linker finds it */
    public InstalledTensorRt(String library) {
        this(library, Path.of("/proc/self/maps"));
    }

    /** @param maps where Linux lists the files that are mapped into this process */
    InstalledTensorRt(String library, Path maps) {
        this.library = library;
        this.maps = maps;
    }

    /** Returns the library that ONNX Runtime would load. */
    public static InstalledTensorRt ofThisMachine() {
        return new InstalledTensorRt("libnvinfer.so.10");
    }

    @Override
    public int version() throws ProbeFailedException {
        return NativeFunctions.load(library, INSTALL).call("getInferLibVersion");
    }

    @Override
    public OptionalInt build() throws ProbeFailedException {
        NativeFunctions functions = NativeFunctions.load(library, INSTALL);
        return functions.has(BUILD) ? OptionalInt.of(functions.call(BUILD)) : OptionalInt.empty();
    }

    @Override
    public boolean hasBuilderResource(String architecture) {
        Optional<BuilderResources> resources = BuilderResources.beside(library, maps);
        try {
            return resources.isEmpty() || resources.get().cover(architecture);
        } catch (IOException e) {
            return true;
        }
    }
}
