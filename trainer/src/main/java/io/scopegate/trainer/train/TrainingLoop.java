package io.scopegate.trainer.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.scopegate.trainer.network.Parameters;
import io.scopegate.trainer.network.Parameters.Mode;
import io.scopegate.trainer.network.SafeTensors;
import io.scopegate.trainer.network.StateDict;
import io.scopegate.trainer.plan.FitOptions.Loss;
import io.scopegate.trainer.plan.FitPlan;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Fits a network: draws frames, computes the loss, updates the weights by Adam, validates after the epochs that the
 * plan selects, and keeps the weights that it asks for. The same seed gives the same weights on the same kind of CPU
 * with the same number of compute threads. The number of augmenting threads, and how often the run was stopped and
 * resumed, make no difference.
 */
public final class TrainingLoop {

    private final FitPlan plan;
    private final TrainingRun run;
    private final KeptWeights kept;
    private final Optional<Continuation> continuation;
    private final List<NDManager> devices;
    private final DrawingOrder order;
    private final int batchSize;
    private final LearningRate rate;
    private final int updates;

    /**
     * Creates a loop without starting it.
     *
     * @param continuation how the run saves its state and resumes; empty if it does not
     * @param devices one manager per replica, on the replica's device; the caller closes them
     * @throws IllegalArgumentException if the loss is a mean over several devices without synchronised batch norms
     */
    public TrainingLoop(FitPlan plan, TrainingRun run, Optional<Continuation> continuation, List<NDManager> devices) {
        boolean mean = plan.options().objective().loss() == Loss.MEAN;
        if (mean && devices.size() > 1 && !plan.devices().syncBatchNorm()) {
            throw new IllegalArgumentException("fit.loss: mean with several devices requires fit.syncBatchNorm");
        }
        this.plan = plan;
        this.run = run;
        this.kept = new KeptWeights(run.checkpoint());
        this.continuation = continuation;
        this.devices = List.copyOf(devices);
        this.order = switch (plan.drawing()) {
            case SHUFFLED -> DrawingOrder.shuffled(run.samples().size());
            case BALANCED -> run.balancedOrder(plan.framesPerEpoch(), plan.outOfBodyShare());
        };
        this.batchSize = plan.batchSize() * devices.size();
        this.updates = (order.framesPerEpoch() + batchSize - 1) / batchSize;
        this.rate = new LearningRate(
                plan.learningRate(),
                plan.schedule(),
                plan.options().rate(),
                new LearningRate.Length(plan.epochs(), updates));
    }

    /**
     * Fits the network.
     *
     * @return the weights that the plan asks for
     * @throws IOException if a checkpoint or state cannot be written; before the fit, if the state to resume belongs to
     *     another plan or names other weights than those on disk; at the end, if the weights on disk have been replaced
     * @throws TrainingDivergedException if the loss is not finite
     * @throws TrainingInterruptedException if the run was stopped; its state has been written then
     */
    public StateDict fit() throws IOException {
        if (continuation.isPresent() && continuation.get().resume()) {
            Continuation from = continuation.get();
            StateFile.Saved saved =
                    StateFile.read(from.file(), run.start().weights().network(), from.plan());
            kept.recover(saved.position().kept());
            try (Fitting fitting =
                    Fitting.resume(devices, plan, saved, run.start().frozen())) {
                return fit(fitting, saved.position());
            }
        }
        try (Fitting fitting = Fitting.begin(devices, plan, run.start())) {
            // Replaces an earlier run's state, which would otherwise be resumed if this run is killed in its first
            // epoch.
            save(fitting, Position.START);
            kept.recover(Position.START.kept());
            return fit(fitting, Position.START);
        }
    }

    private StateDict fit(Fitting fitting, Position start) throws IOException {
        Position position = start;
        try (BatchLoader loader = new BatchLoader(run.samples(), plan.options(), run.threads())) {
            while (!position.isEnd(plan)) {
                position = epoch(fitting, loader, position);
                save(fitting, position);
                kept.take();
            }
        }
        requireKept(position);
        Optional<EarlyStop> stop = position.earlyStop(plan);
        if (stop.isPresent()) {
            run.listener().stopped(stop.get());
        }
        return SafeTensors.read(run.start().weights().network(), run.checkpoint());
    }

    /** Checks the kept weights: they may be from an earlier epoch, and the file may have been replaced since. */
    private void requireKept(Position end) throws IOException {
        String sha256 = end.kept();
        if (sha256 != null) {
            kept.require(sha256);
        }
    }

    private Position epoch(Fitting fitting, BatchLoader loader, Position start) throws IOException {
        long begun = System.nanoTime();
        Tally tally = steps(fitting, loader, start);
        int trained = tally.frames() - start.tally().frames();
        double imagesPerSecond = trained / ((System.nanoTime() - begun) / 1e9);
        Optional<Double> accuracy = isValidated(start.epoch()) ? validate(fitting) : Optional.empty();
        Position end = start.nextEpoch(updates, accuracy);
        if (isKept(start, end, accuracy)) {
            end = end.keeping(kept.write(fitting.result().stateDict()));
        }
        run.listener()
                .epoch(new EpochReport(
                        start.epoch(),
                        plan.epochs(),
                        tally.meanLoss(),
                        tally.accuracy(),
                        accuracy,
                        rate.at(start.epoch() * updates - 1),
                        imagesPerSecond));
        return end;
    }

    /** Does the remaining updates of an epoch. The next batch is augmented while the current one is trained on. */
    private Tally steps(Fitting fitting, BatchLoader loader, Position start) throws IOException {
        EpochDraws draws = draws(start.epoch());
        Tally tally = new Tally(start.tally());
        long begun = System.nanoTime();
        CompletableFuture<Batch> next = begin(loader, draws, start.step());
        for (int step = start.step(); step < updates; step++) {
            Batch batch = BatchLoader.await(next);
            next = begin(loader, draws, step + 1);
            double learningRate = rate.at((start.epoch() - 1) * updates + step);
            GradientStep.Result result = fitting.update(batch, learningRate);
            tally.add(result.loss() * terms(batch), batch, result.logits());
            double seconds = (System.nanoTime() - begun) / 1e9;
            int trained = tally.frames() - start.tally().frames();
            run.listener()
                    .step(new StepReport(
                            start.epoch(),
                            plan.epochs(),
                            step + 1,
                            updates,
                            result.loss(),
                            tally.accuracy(),
                            learningRate,
                            trained / seconds,
                            seconds / (step + 1 - start.step())));
            stopIfAsked(fitting, start.after(step + 1, updates, tally));
        }
        return tally;
    }

    /**
     * Returns the number of terms that a batch's loss is the mean of: the frames with loss MEAN, the replicas if each
     * sums over its own frames, or one if the loss is a sum over the whole batch.
     */
    private int terms(Batch batch) {
        if (plan.options().objective().loss() == Loss.MEAN) {
            return batch.size();
        }
        return plan.devices().syncBatchNorm() ? 1 : devices.size();
    }

    private EpochDraws draws(int epoch) {
        EpochDraws draws = EpochDraws.of(order, devices.size(), run.seed() + epoch);
        return epoch <= plan.options().halfSizeEpochs() ? draws.atHalfSize() : draws;
    }

    private CompletableFuture<Batch> begin(BatchLoader loader, EpochDraws draws, int step) {
        return loader.begin(draws, step * batchSize, (step + 1) * batchSize);
    }

    private void stopIfAsked(Fitting fitting, Position position) throws IOException {
        if (continuation.isPresent() && continuation.get().stop().getAsBoolean()) {
            save(fitting, position);
            throw new TrainingInterruptedException(position.epoch(), position.step());
        }
    }

    private void save(Fitting fitting, Position position) throws IOException {
        if (continuation.isPresent()) {
            StateFile.write(continuation.get().file(), continuation.get().plan(), fitting.saved(position));
        }
    }

    private boolean isValidated(int epoch) {
        return epoch % plan.options().validationInterval() == 0 || epoch == plan.epochs();
    }

    private boolean isKept(Position start, Position end, Optional<Double> accuracy) {
        return switch (plan.checkpoint()) {
            case LAST -> end.isEnd(plan);
            case BEST -> run.validation().labels().isEmpty() || accuracy.isPresent() && end.best() > start.best();
        };
    }

    private Optional<Double> validate(Fitting fitting) {
        LabelledTensors validation = run.validation();
        Parameters parameters = fitting.result();
        int frames = validation.labels().size();
        Tally tally = new Tally(Tally.Sums.NONE);
        int most = Math.min(plan.batchSize(), plan.options().microBatch());
        for (int first = 0; first < frames; first += most) {
            Batch batch = Batch.of(validation, first, Math.min(first + most, frames));
            try (NDManager scratch = fitting.manager().newSubManager()) {
                NDArray logits = parameters.logits(batch.input(scratch), Mode.INFERENCE);
                tally.add(0, batch, logits.toFloatArray());
            }
        }
        return frames == 0 ? Optional.empty() : Optional.of(tally.accuracy());
    }
}
