package io.scopegate.cli.bench.target;

import io.scopegate.bundle.model.PublishedModel;
import io.scopegate.cli.load.LoadPlan;
import io.scopegate.inference.target.ExecutionTarget;
import java.nio.file.Path;
import java.util.List;

/**
 * What is measured.
 *
 * @param model model to measure on each target
 * @param targets targets to measure
 * @param runs number of runs of the network for each batch size
 * @param load how frames are sent
 * @param home the project's root, where the server is
 */
record Plan(PublishedModel model, List<ExecutionTarget> targets, int runs, LoadPlan load, Path home) {

    /** A picture as large as the network's input. */
    static final String SMALL = "256x256";

    /** A video tower's picture. */
    static final String LARGE = "1920x1080";

    /** Number of frames in a large run. */
    static final int MANY = 8;

    Plan {
        targets = List.copyOf(targets);
    }
}
