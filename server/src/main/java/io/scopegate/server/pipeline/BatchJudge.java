package io.scopegate.server.pipeline;

import io.scopegate.inference.InferenceFailedException;
import io.scopegate.inference.InputBatch;
import io.scopegate.server.frame.FrameOutcome;
import io.scopegate.server.frame.FrameOutcome.Failed;
import io.scopegate.server.frame.ModelIdentity;
import io.scopegate.server.frame.Reason;
import io.scopegate.server.frame.ServerClock;
import io.scopegate.server.infer.NetworkWatchdog;
import io.scopegate.server.infer.NetworkWatchdog.Run;
import io.scopegate.server.infer.OngoingFault;
import io.scopegate.server.model.ModelLease;
import io.scopegate.server.verdict.Judge;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Runs the network over batches and reads each frame's outcome from the output. The {@link NetworkWatchdog} watches
 * every run. Any thread.
 */
final class BatchJudge {

    static final Failed HUNG = new Failed(Reason.INFERENCE_FAILED, "the network does not return");
    static final Failed NOT_JUDGED = new Failed(Reason.INTERNAL, "the frame could not be judged");
    private static final Failed NOT_RUN = new Failed(Reason.INFERENCE_FAILED, "the network could not be run");

    private final ServerClock clock;
    private final NetworkWatchdog watchdog;
    private final OngoingFault fails =
            OngoingFault.of(BatchJudge.class, "inference failed; further failures are not logged until a run succeeds");

    BatchJudge(ServerClock clock, NetworkWatchdog watchdog) {
        this.clock = clock;
        this.watchdog = watchdog;
    }

    /** Returns the outcome of each frame, in the order of the batch. */
    List<FrameOutcome> verdicts(FrameBatch batch, BatchTools tools) {
        try {
            return read(batch, run(batch, tools));
        } catch (InferenceFailedException e) {
            say(e);
            return same(batch, e.processEnding() ? ArrivalCheck.STOPPING : NOT_RUN);
        } catch (RuntimeException | Error e) {
            fails.say(e);
            return same(batch, NOT_JUDGED);
        }
    }

    /** Runs the network over a black picture, to see whether it answers. */
    void probe(ModelLease model, BatchTools tools) {
        try {
            InputBatch black = tools.memory().black(model.shape().elements());
            run(model, black, () -> {}, Run::unusableOverBlack);
        } catch (InferenceFailedException e) {
            say(e);
        } catch (RuntimeException | Error e) {
            fails.say(e);
        }
    }

    /** A run that ends with the process is no fault. */
    private void say(InferenceFailedException fault) {
        if (!fault.processEnding()) {
            fails.say(fault);
        }
    }

    private List<float[]> run(FrameBatch batch, BatchTools tools) throws InferenceFailedException {
        List<PreparedFrame> members = batch.members();
        ModelLease model = members.getFirst().model();
        InputBatch input = tools.memory()
                .gather(members.stream().map(PreparedFrame::tensor).toList());
        long starts = clock.nanoTime();
        members.forEach(member -> member.job().times().inferStarts(starts, members.size()));
        List<float[]> logits = run(model, input, () -> batch.settleUnreturned(HUNG), Run::unusable);
        long ends = clock.nanoTime();
        members.forEach(member -> member.job().times().inferred(ends));
        return logits;
    }

    /**
     * Runs the network. If the run takes too long, its frames are answered by {@code whenHung}, whatever becomes of
     * the run.
     *
     * @param unusable reports to the watchdog a run that returned no output by which a frame can be judged
     */
    private List<float[]> run(ModelLease model, InputBatch input, Runnable whenHung, Consumer<Run> unusable)
            throws InferenceFailedException {
        Run run = watchdog.begin(model.runLimit(), whenHung);
        List<float[]> logits;
        boolean usable;
        try {
            logits = model.session().run(input);
            usable = logits.stream().anyMatch(each -> Judge.unfit(each, model.identity()) == null);
        } catch (InferenceFailedException e) {
            if (e.deviceLost()) {
                run.lostDevice();
            } else if (e.processEnding()) {
                run.terminated();
            } else {
                run.failed();
            }
            throw e;
        } catch (RuntimeException | Error e) {
            run.failed();
            throw e;
        }
        if (usable) {
            fails.over();
            run.succeeded();
        } else {
            unusable.accept(run);
        }
        return logits;
    }

    private List<FrameOutcome> read(FrameBatch batch, List<float[]> logits) {
        List<PreparedFrame> members = batch.members();
        if (logits.size() != members.size()) {
            String message = "output: logits of " + members.size() + " frames, not of " + logits.size();
            return same(batch, new Failed(Reason.WRONG_OUTPUT_SHAPE, message));
        }
        return IntStream.range(0, members.size())
                .mapToObj(i -> verdict(members.get(i), logits.get(i)))
                .toList();
    }

    private FrameOutcome verdict(PreparedFrame member, float[] logits) {
        ModelIdentity model = member.model().identity();
        FrameOutcome outcome =
                Judge.judge(logits, model, member.stream().terms().threshold(model));
        member.job().times().judged(clock.nanoTime());
        return outcome;
    }

    private static List<FrameOutcome> same(FrameBatch batch, Failed outcome) {
        return Collections.nCopies(batch.size(), outcome);
    }
}
