package io.scopegate.trainer.cli;

import io.scopegate.inference.engine.EngineStore;
import io.scopegate.inference.trial.EnginePreparation;
import io.scopegate.trainer.plan.PlanException;
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
            defaultValue = "0",
            description = "GPU: index of the GPU. Default: ${DEFAULT-VALUE}.")
    private int device;

    @Option(
            names = "--max-batch",
            paramLabel = "N",
            defaultValue = "8",
            description = "TensorRT: maximum number of frames per run; a model directory has its own."
                    + " Default: ${DEFAULT-VALUE}.")
    private int maxBatch;

    private final Preparations preparations;

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
        if (maxBatch < 1 || maxBatch > MOST_FRAMES) {
            throw new PlanException("--max-batch: 1.." + MOST_FRAMES + ", not " + maxBatch);
        }
        return maxBatch;
    }

    EnginePreparation preparation(Consumer<String> progress) {
        if (device < 0) {
            throw new PlanException("--device: at least 0, not " + device);
        }
        return preparations.of(cache, device, progress);
    }
}
