package io.scopegate.trainer.cli;

import io.scopegate.inference.engine.EngineStore;
import io.scopegate.inference.trial.EnginePreparation;
import java.nio.file.Path;
import java.util.function.Consumer;
import picocli.CommandLine.Option;

/** On which GPU a network is opened, and where an engine of TensorRT for that is built and kept. */
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

    /** From a command line. */
    static final class DeviceIndex extends TypedNumber {
        DeviceIndex() {
            super(0, Integer.MAX_VALUE);
        }
    }

    /** From a command line. */
    static final class Frames extends TypedNumber {
        Frames() {
            super(1, MOST_FRAMES);
        }
    }

    /** What opens networks and builds their engines, where a machine is asked of which these options say which GPU. */
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
