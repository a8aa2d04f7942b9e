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
 * Fits a network: draws frames, computes the loss, updates by Adam, looks at the validation frames after each epoch
 * and keeps the weights that the plan asks for. The same seed gives the same weights on the same kind of CPU with the
 * same number of compute threads, with any number of augmenting threads and however often the run was stopped and
 * resumed.
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
     * Prepares.
     *
     * @param continuation how the run can go on after its process has ended; absent if it need not
     * @param devices a manager for each replica, on its device
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
     * Fits.
     *
     * @return the weights that the plan asks for
     * @throws IOException if a checkpoint or state cannot be written; before anything is fitted, if the state to go on from
     *     is another plan's or the weights are not those that it names; in the end, if they were replaced since
     * @throws TrainingDivergedException if the loss is no longer a number
     * @throws TrainingInterruptedException if the run was stopped, after its state was written
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
            // A state that an earlier run left would be gone on from if this one is killed in its first epoch.
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

    /** The weights of an epoch before may have been replaced since. */
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

    /** The rest of an epoch's updates; the next batch is augmented while one is trained on. */
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

    /** What the loss of a batch is the mean of: frames, or replicas that each sum up their own; one where it is a sum. */
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
