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

/** Writes what a run leaves in its folder, weights and state, for tests that do not train. */
record WrittenRun(TrainingPlan plan, StateDict weights) {

    /** Returns a run by this configuration with these settings; nothing is written yet. */
    static WrittenRun by(Path config, StateDict weights, String... settings) throws IOException {
        return new WrittenRun(PlanReader.of(List.of(config), List.of(settings)).training(), weights);
    }

    /** Writes a run that has finished all epochs. */
    void writeFinished() throws IOException {
        write(plan.fit().orElseThrow().epochs() + 1);
    }

    /** Writes a run that is about to begin this epoch; the first is 1. */
    void write(int epoch) throws IOException {
        RunWeights run = RunWeights.of(plan);
        Files.createDirectories(run.folder());
        SafeTensors.write(weights, run.file());
        Fingerprint fingerprint = Fingerprint.of(
                plan, PlannedFrames.find(plan.data().orElseThrow()).split(), new DataDigest());
        WrittenState.write(run.state(), fingerprint.on(1), epoch, weights, run.file());
    }
}
