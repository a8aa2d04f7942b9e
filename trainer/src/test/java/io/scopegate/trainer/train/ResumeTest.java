package io.scopegate.trainer.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.scopegate.bundle.model.Digests;
import io.scopegate.trainer.dataset.Label;
import io.scopegate.trainer.dataset.TensorAugmentation;
import io.scopegate.trainer.network.KaimingInitialization;
import io.scopegate.trainer.network.SafeTensors;
import io.scopegate.trainer.network.StateDict;
import io.scopegate.trainer.plan.DevicePlan;
import io.scopegate.trainer.plan.FitOptions;
import io.scopegate.trainer.plan.FitOptions.FineTuning;
import io.scopegate.trainer.plan.FitOptions.Loss;
import io.scopegate.trainer.plan.FitOptions.Objective;
import io.scopegate.trainer.plan.FitOptions.Rate;
import io.scopegate.trainer.plan.FitPlan;
import io.scopegate.trainer.plan.FitPlan.Checkpoint;
import io.scopegate.trainer.plan.FitPlan.Drawing;
import io.scopegate.trainer.plan.FitPlan.Schedule;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResumeTest {

    private static final FitPlan PLAN = TinyRun.plan(2, 0.001, Checkpoint.LAST, 0.9, FitOptions.REFERENCE);

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void resumedRunGivesTheWeightsOfAnUninterruptedRun(int updates) throws IOException {
        TinyRun whole = new TinyRun(Files.createDirectory(folder.resolve("whole")));
        whole.plan = PLAN;
        StateDict expected = whole.fit();
        TinyRun stopped = new TinyRun(folder);
        stopped.plan = PLAN;
        assertThatThrownBy(() -> stopped.start(() -> stopped.steps.size() == updates))
                .isInstanceOf(TrainingInterruptedException.class);

        StateDict resumed = stopped.resume("a");

        expected.asMap()
                .forEach((key, values) -> assertThat(resumed.values(key)).isEqualTo(values));
        assertThat(stopped.epochs.stream().map(EpochReport::loss))
                .isEqualTo(whole.epochs.stream().map(EpochReport::loss).toList());
    }

    /**
     * A run that carries much from update to update is stopped and resumed; weights and learning rates are those of a
     * run that was never stopped.
     */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6})
    void resumedRunRestoresAllStateCarriedBetweenUpdates(int updates) throws IOException {
        TinyRun whole = runWithAllCarriedState(Files.createDirectory(folder.resolve("whole")));
        StateDict expected = whole.fit();
        TinyRun stopped = runWithAllCarriedState(folder);
        assertThatThrownBy(() -> stopped.start(() -> stopped.steps.size() == updates))
                .isInstanceOf(TrainingInterruptedException.class);

        StateDict resumed = stopped.resume("a");

        expected.asMap()
                .forEach((key, values) -> assertThat(resumed.values(key)).isEqualTo(values));
        assertThat(stopped.steps.stream().map(StepReport::learningRate))
                .isEqualTo(whole.steps.stream().map(StepReport::learningRate).toList());
        assertThat(stopped.epochs).hasSize(3).hasSameSizeAs(whole.epochs);
    }

    /**
     * Returns a run with averaged weights, micro-batches, weight decay, a schedule with warm-up, frames of half size
     * in the first epoch, and early stopping.
     */
    private static TinyRun runWithAllCarriedState(Path folder) {
        TinyRun run = new TinyRun(folder);
        run.validation = new LabelledTensors(Collections.nCopies(2, Stripes.tensor(0)), List.of(Label.values()));
        run.plan = new FitPlan(
                9,
                4,
                Drawing.SHUFFLED,
                1,
                0.5,
                0.001,
                Schedule.COSINE,
                0.9,
                Checkpoint.LAST,
                Optional.empty(),
                TensorAugmentation.REFERENCE,
                DevicePlan.CPU,
                new FitOptions(
                        new Rate(3, 1, 0.1, 1),
                        0.01,
                        new Objective(Loss.MEAN, 0.1, List.of(1.0, 2.0)),
                        3,
                        1,
                        2,
                        1,
                        FineTuning.REFERENCE));
        return run;
    }

    /**
     * A run killed in its second epoch leaves the state of the end of the first, so the second epoch's updates are
     * made again.
     */
    @Test
    void killedRunResumesFromTheLastCompletedEpoch() throws IOException {
        TinyRun whole = new TinyRun(Files.createDirectory(folder.resolve("whole")));
        StateDict expected = whole.fit();
        TinyRun killed = new TinyRun(folder);
        assertThatThrownBy(() -> killed.start(() -> {
                    if (killed.steps.size() == 3) {
                        throw new IllegalStateException("killed");
                    }
                    return false;
                }))
                .hasMessage("killed");

        StateDict resumed = killed.resume("a");

        assertThat(killed.steps).extracting(StepReport::update).containsExactly(1, 2, 3, 3, 4);
        expected.asMap()
                .forEach((key, values) -> assertThat(resumed.values(key)).isEqualTo(values));
    }

    /**
     * An earlier run left a state in the same folder. A new run has replaced it by the time it is killed, before its
     * first epoch ends, so resuming starts the new run from its beginning.
     */
    @Test
    void runKilledInItsFirstEpochIgnoresTheStateOfAnEarlierRun() throws IOException {
        TinyRun whole = new TinyRun(Files.createDirectory(folder.resolve("whole")));
        whole.samples = new Stripes(8, 2);
        StateDict expected = whole.fit();
        new TinyRun(folder).start(() -> false);
        TinyRun killed = new TinyRun(folder);
        killed.samples = whole.samples;
        assertThatThrownBy(() -> killed.start(() -> {
                    throw new IllegalStateException("killed");
                }))
                .hasMessage("killed");

        StateDict resumed = killed.resume("a");

        expected.asMap()
                .forEach((key, values) -> assertThat(resumed.values(key)).isEqualTo(values));
    }

    @Test
    void stateOfAnotherPlanIsRefusedByName() throws IOException {
        TinyRun run = new TinyRun(folder);
        run.plan = TinyRun.plan(1, 0.001, Checkpoint.LAST, FitOptions.REFERENCE);
        run.start(() -> false);

        assertThatThrownBy(() -> run.resume("b"))
                .isInstanceOf(IOException.class)
                .hasMessage("fit.name: as in the state " + run.state() + ", \"a\", not \"b\"");
    }

    @Test
    void truncatedStateIsRefused() throws IOException {
        TinyRun run = new TinyRun(folder);
        run.plan = TinyRun.plan(1, 0.001, Checkpoint.LAST, FitOptions.REFERENCE);
        run.start(() -> false);
        byte[] whole = Files.readAllBytes(run.state());
        Files.write(run.state(), java.util.Arrays.copyOf(whole, whole.length - 1));

        assertThatThrownBy(() -> run.resume("a")).hasMessageContaining("the training state is truncated or damaged");
    }

    @Test
    void stateWithOneWrongBitIsRefusedAndKept() throws IOException {
        TinyRun run = new TinyRun(folder);
        run.plan = TinyRun.plan(1, 0.001, Checkpoint.LAST, FitOptions.REFERENCE);
        run.start(() -> false);
        byte[] damaged = Files.readAllBytes(run.state());
        damaged[damaged.length / 2] ^= 1;
        Files.write(run.state(), damaged);

        assertThatThrownBy(() -> run.resume("a"))
                .isInstanceOf(IOException.class)
                .message()
                .startsWith(run.state() + ": the training state is truncated or damaged")
                .doesNotContain("\n");
        assertThat(run.state()).hasBinaryContent(damaged);
    }

    /**
     * The kept weights are replaced by others while the run is stopped: resuming is refused before any update, and
     * works again once the weights are back.
     */
    @Test
    void resumeIsRefusedIfTheKeptWeightsWereReplaced() throws IOException {
        TinyRun run = bestOfTheFirstEpoch();
        assertThatThrownBy(() -> run.start(() -> run.steps.size() == 3))
                .isInstanceOf(TrainingInterruptedException.class);
        byte[] kept = Files.readAllBytes(run.checkpoint());
        SafeTensors.write(KaimingInitialization.stateDict(TinyRun.NETWORK, 2), run.checkpoint());

        assertThatThrownBy(() -> run.resume("a"))
                .isInstanceOf(IOException.class)
                .hasMessage("%s: not the weights that the training state names: expected SHA-256 %s, got %s"
                        .formatted(run.checkpoint(), Digests.sha256(kept), Digests.sha256(run.checkpoint())));
        assertThat(run.steps).as("updates before the refusal").hasSize(3);

        Files.write(run.checkpoint(), kept);
        run.resume("a");
        assertThatCode(() -> requireEnd(run)).doesNotThrowAnyException();
    }

    /**
     * The run is killed after it wrote an epoch's better weights and before it wrote the state that names them. When
     * the epoch is repeated, it may turn out no better than the best so far, since not all hardware computes the same
     * result twice. The weights that the state names must then still be there.
     */
    @Test
    void runKilledBetweenWeightsAndStateKeepsTheWeightsThatTheStateNames() throws IOException {
        TinyRun run = bestOfTheFirstEpoch();
        assertThatThrownBy(() -> run.start(() -> run.steps.size() == 3))
                .isInstanceOf(TrainingInterruptedException.class);
        byte[] kept = Files.readAllBytes(run.checkpoint());
        Path better = folder.resolve("weights.safetensors.next");
        boolean written = false;
        for (Label shown : Label.values()) {
            // Whatever the network answers, for one of the two labels its accuracy is above the first epoch's.
            run.validation = new LabelledTensors(List.of(Stripes.tensor(0)), List.of(shown));
            Path inTheWay = Files.createDirectory(folder.resolve(".state.bin.draft"));
            assertThatThrownBy(() -> run.resume("a")).hasMessageContaining("state.bin: not written: ");
            Files.delete(inTheWay);
            written |= Files.exists(better);
        }
        assertThat(written).as("weights were written that no state names").isTrue();
        run.validation = bestOfTheFirstEpoch().validation;

        run.resume("a");

        assertThat(run.checkpoint()).hasBinaryContent(kept);
        assertThat(better).doesNotExist();
        assertThatCode(() -> requireEnd(run)).doesNotThrowAnyException();
    }

    /**
     * The state names weights that are still in {@code weights.safetensors.next}, as if the run had been killed before
     * it renamed them. Resuming renames them.
     */
    @Test
    void resumeMovesPendingWeightsOfTheStateIntoPlace() throws IOException {
        TinyRun run = bestOfTheFirstEpoch();
        run.start(() -> false);
        byte[] kept = Files.readAllBytes(run.checkpoint());
        Files.move(run.checkpoint(), folder.resolve("weights.safetensors.next"));
        SafeTensors.write(KaimingInitialization.stateDict(TinyRun.NETWORK, 2), run.checkpoint());

        run.resume("a");

        assertThat(run.checkpoint()).hasBinaryContent(kept);
    }

    /**
     * A state of an earlier release has no digest of the kept weights: the run can be resumed, but nothing proves that
     * the weights are its result.
     */
    @Test
    void runWithoutWeightsDigestResumesButFailsTheEndCheck() throws IOException {
        TinyRun run = bestOfTheFirstEpoch();
        assertThatThrownBy(() -> run.start(() -> run.steps.size() == 3))
                .isInstanceOf(TrainingInterruptedException.class);
        removeWeightsDigest(run.state());

        run.resume("a");

        assertThatThrownBy(() -> requireEnd(run))
                .isInstanceOf(IOException.class)
                .hasMessage(run.state()
                        + ": does not contain the SHA-256 of the weights, since an earlier release wrote" + " it");
    }

    /**
     * Returns a run of two epochs that keeps the first epoch's weights: the validation frame is there once with each
     * label, so that no epoch can be better than another.
     */
    private TinyRun bestOfTheFirstEpoch() {
        TinyRun run = new TinyRun(folder);
        run.plan = TinyRun.plan(2, 0.001, Checkpoint.BEST, FitOptions.REFERENCE);
        run.validation = new LabelledTensors(Collections.nCopies(2, Stripes.tensor(0)), List.of(Label.values()));
        return run;
    }

    private static void requireEnd(TinyRun run) throws IOException {
        JsonNode nothing = JsonNodeFactory.instance.objectNode();
        Continuation.requireEnd(run.state(), nothing, _ -> nothing, run.checkpoint());
    }

    /** Rewrites a state as earlier releases wrote it, without the digest of the kept weights. */
    private static void removeWeightsDigest(Path state) throws IOException {
        ByteBuffer old = ByteBuffer.wrap(Files.readAllBytes(state)).order(ByteOrder.LITTLE_ENDIAN);
        byte[] json = new byte[old.getInt()];
        old.get(json);
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode header = (ObjectNode) mapper.readTree(json);
        header.withObject("/position").remove("kept");
        byte[] without = mapper.writeValueAsBytes(header);
        byte[] content = ByteBuffer.allocate(4 + without.length + old.remaining() - 32)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(without.length)
                .put(without)
                .put(old.slice(old.position(), old.remaining() - 32))
                .array();
        Files.write(state, content);
        Files.write(state, HexFormat.of().parseHex(Digests.sha256(content)), StandardOpenOption.APPEND);
    }

    @Test
    void stateOfAnEarlierFormatIsRefusedByItsNumber() throws IOException {
        TinyRun run = new TinyRun(folder);
        String header = "{\"format\":\"scopegate-training-state/1\",\"plan\":{},\"parts\":3}";
        ByteBuffer bytes = ByteBuffer.allocate(4 + header.length()).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(header.length()).put(header.getBytes(StandardCharsets.UTF_8));
        Files.write(run.state(), bytes.array());

        assertThatThrownBy(() -> run.resume("a"))
                .hasMessageStartingWith(
                        run.state() + ": written by an earlier release in the format scopegate-training-state/1, which"
                                + " only that release can resume; expected scopegate-training-state/2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "PK", "{}", "null", "[", "{\"format\":\"scopegate-training-state/2\",\"parts\":9}"})
    void fileThatIsNoStateIsRefusedInOneLine(String header) throws IOException {
        TinyRun run = new TinyRun(folder);
        ByteBuffer bytes = ByteBuffer.allocate(4 + header.length()).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(header.length()).put(header.getBytes(StandardCharsets.UTF_8));
        Files.write(run.state(), bytes.array());

        assertThatThrownBy(() -> run.resume("a"))
                .isInstanceOf(IOException.class)
                .message()
                .startsWith(run.state() + ": not a training state")
                .doesNotContain("\n");
    }

    @Test
    void resumeWithoutAStateIsRefused() {
        assertThatThrownBy(() -> new TinyRun(folder).resume("a"))
                .hasMessage(folder.resolve("state.bin") + ": no training state to resume");
    }

    @Test
    void stateThatCannotBeWrittenLeavesTheOldOne() throws IOException {
        TinyRun run = new TinyRun(folder);
        run.plan = TinyRun.plan(1, 0.001, Checkpoint.LAST, FitOptions.REFERENCE);
        run.start(() -> false);
        byte[] before = Files.readAllBytes(run.state());
        Files.createDirectory(folder.resolve(".state.bin.draft"));

        assertThatThrownBy(() -> run.start(() -> false)).hasMessageContaining("state.bin: not written: ");
        assertThat(Files.readAllBytes(run.state())).isEqualTo(before);
    }
}
