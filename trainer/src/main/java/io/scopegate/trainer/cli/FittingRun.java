package io.scopegate.trainer.cli;

import ai.djl.ndarray.NDManager;
import io.scopegate.trainer.cli.PlannedFrames.Decoded;
import io.scopegate.trainer.dataset.DataDigest;
import io.scopegate.trainer.network.StateDict;
import io.scopegate.trainer.plan.FitPlan;
import io.scopegate.trainer.plan.TrainingPlan;
import io.scopegate.trainer.plan.TrainingPlan.DataPlan;
import io.scopegate.trainer.report.TrainingHistory;
import io.scopegate.trainer.tensorboard.EventListener;
import io.scopegate.trainer.train.Continuation;
import io.scopegate.trainer.train.HistoryFile;
import io.scopegate.trainer.train.Start;
import io.scopegate.trainer.train.TrainingListener;
import io.scopegate.trainer.train.TrainingLoop;
import io.scopegate.trainer.train.TrainingRun;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * Fits the network of a run and writes everything that stays in the run's folder: checkpoint, state, history and
 * TensorBoard events.
 *
 * @param plan the plan, which names the folder
 * @param display shows the progress
 * @param interruption may end the fit
 * @param resume whether to continue from the folder's state
 */
record FittingRun(TrainingPlan plan, TrainingDisplay display, Interruption interruption, boolean resume) {

    /**
     * What a fit starts with, whether it is resumed or not.
     *
     * @param digest digests of the frames that were read so far
     */
    record Fixed(Start start, PlannedFrames frames, DataDigest digest, Decoded decoded) {}

    /**
     * Refuses to resume if there is no state. Callers check before the frames are read, so that a missing state fails
     * at once.
     *
     * @throws IOException if there is no state to resume from
     */
    void requireState() throws IOException {
        if (resume) {
            Continuation.requireState(RunWeights.of(plan).state());
        }
    }

    /**
     * Fits the network.
     *
     * @param lock lock of the folder, taken before anything is written
     */
    StateDict fit(List<NDManager> devices, FitPlan fit, DataPlan data, Fixed fixed, RunLock lock) throws IOException {
        Path folder = plan.runs();
        RunWeights kept = RunWeights.of(plan);
        Fingerprint fingerprint = Fingerprint.of(plan, fixed.frames().split(), fixed.digest());
        Continuation continuation =
                new Continuation(kept.state(), fingerprint.on(devices.size()), resume, interruption::asked);
        lock.take();
        Path history = folder.resolve(TrainingHistory.FILE);
        interruption.guard();
        try (EventListener events = new EventListener(folder.resolve("tensorboard"), Clock.systemUTC())) {
            TrainingListener epochs = resume ? HistoryFile.resume(history) : HistoryFile.begin(history);
            TrainingRun run = new TrainingRun(
                    plan.seed(),
                    fixed.start(),
                    fixed.decoded().samples(),
                    fixed.frames().sources(),
                    fixed.decoded().validation(),
                    kept.file(),
                    data.loaders(),
                    TrainingListener.all(List.of(epochs, events, display)));
            StateDict weights = new TrainingLoop(fit, run, Optional.of(continuation), devices).fit();
            interruption.release();
            return weights;
        }
    }
}
