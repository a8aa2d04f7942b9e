package io.scopegate.trainer.cli;

import io.scopegate.inference.engine.EngineStore;
import io.scopegate.inference.trial.EnginePreparation;
import java.nio.file.Path;
import java.util.function.Consumer;
import picocli.CommandLine.Option;

/** The options that say on which GPU a network is opened, and where its TensorRT engine is built and cached. */
final class EngineOptions {

    private static final int MOST_FRAMES = 1024;

    @Option(
            names = "--cache",
            paramLabel = "DIR",
            defaultValue = "${sys:user.home}/" + EngineStore.USUAL_PLACE,
            description = "TensorRT: engine cache, the same directory as the server's"
                    + " scopegate.inference.engine-cache. Default: ${DEFAULT-VALUE}.")
    private Path cache = Path.of("");

    @Option(
            names = "--device",
            paramLabel = "N",
            converter = DeviceIndex.class,
            defaultValue = "0",
            description = "GPU: index of the GPU. Default: ${DEFAULT-VALUE}.")
    private int device;

    @Option(
            names = "--max-batch",
            paramLabel = "N",
            converter = Frames.class,
            defaultValue = "8",
            description = "TensorRT: maximum number of frames per run; a model directory has its own."
                    + " Default: ${DEFAULT-VALUE}.")
    private int maxBatch;

    private final Preparations preparations;

    /** Parses the index of a GPU from the command line. */
    static final class DeviceIndex extends TypedNumber {
        DeviceIndex() {
            super(0, Integer.MAX_VALUE);
        }
    }

    /** Parses a number of frames from the command line. */
    static final class Frames extends TypedNumber {
        Frames() {
            super(1, MOST_FRAMES);
        }
    }

    /** Creates what opens networks and builds their engines on the GPU that these options name. Tests replace it. */
    interface Preparations {
        EnginePreparation of(Path cache, int device, Consumer<String> progress);
    }

    EngineOptions() {
        this(EnginePreparation::ofThisMachine);
    }

    EngineOptions(Preparations preparations) {
        this.preparations = preparations;
    }

    int maxBatch() {
        return maxBatch;
    }

    EnginePreparation preparation(Consumer<String> progress) {
        return preparations.of(cache, device, progress);
    }
}
