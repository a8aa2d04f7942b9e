package io.scopegate.trainer.network;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Starts the engine, and keeps it from accessing the Internet. */
public final class TorchEngine {

    private TorchEngine() {}

    /**
     * Creates a manager on the CPU; the caller closes it. The first call loads the native library: the user's own if
     * PYTORCH_LIBRARY_PATH names one, otherwise the one that comes with the project.
     *
     * @throws IllegalArgumentException if the user's own library has another version than needed or cannot be loaded
     */
    public static NDManager newManager() {
        System.setProperty("ai.djl.offline", "true");
        System.setProperty("OPT_OUT_TRACKING", "true");
        Optional<Path> own = LibtorchPath.ofEnvironment().folder();
        own.ifPresent(LibtorchPath::requireVersion);
        own.ifPresent(folder -> System.setProperty("PYTORCH_FLAVOR", LibtorchPath.flavor(folder)));
        try {
            return NDManager.newBaseManager(Device.cpu(), "PyTorch");
        } catch (EngineException e) {
            throw own.isEmpty() ? e : unloadable(own.get(), e);
        }
    }

    private static IllegalArgumentException unloadable(Path own, EngineException e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        return new IllegalArgumentException(
                LibtorchPath.VARIABLE + ": a libtorch that can be loaded, not " + own + " (" + cause.getMessage() + ")",
                e);
    }

    /**
     * Creates a manager for each named device. All are closed with the engine's manager.
     *
     * @param names {@code cpu}, {@code cuda:0} and so on, each any number of times; or {@code all} alone for the GPUs
     *     from index 0 up to the first one that cannot be used
     * @throws IllegalArgumentException if a GPU cannot be used; the message says what is needed and what was found
     */
    public static List<NDManager> managers(NDManager engine, List<String> names) {
        return new TorchDevices(new TorchGpus(engine))
                .named(names).stream().map(engine::newSubManager).toList();
    }
}
