package io.scopegate.trainer.cli;

import io.scopegate.trainer.dataset.DataDigest;
import io.scopegate.trainer.network.SafeTensors;
import io.scopegate.trainer.network.StateDict;
import io.scopegate.trainer.plan.PlanReader;
import io.scopegate.trainer.plan.TrainingPlan;
import io.scopegate.trainer.train.WrittenState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What a run leaves in its folder, for tests that do not fit. */
record WrittenRun(TrainingPlan plan, StateDict weights) {

    /** By that configuration. */
    static WrittenRun by(Path config, StateDict weights, String... settings) throws IOException {
        return new WrittenRun(PlanReader.of(List.of(config), List.of(settings)).training(), weights);
    }

    void writeFinished() throws IOException {
        write(plan.fit().orElseThrow().epochs() + 1);
    }

    /** About to begin that epoch. */
    void write(int epoch) throws IOException {
        RunWeights run = RunWeights.of(plan);
        Files.createDirectories(run.folder());
        SafeTensors.write(weights, run.file());
        Fingerprint fingerprint = Fingerprint.of(
                plan, PlannedFrames.find(plan.data().orElseThrow()).split(), new DataDigest());
        WrittenState.write(run.state(), fingerprint.on(1), epoch, weights, run.file());
    }
}
