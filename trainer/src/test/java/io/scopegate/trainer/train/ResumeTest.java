package io.scopegate.trainer.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scopegate.trainer.network.StateDict;
import io.scopegate.trainer.plan.FitOptions;
import io.scopegate.trainer.plan.FitPlan;
import io.scopegate.trainer.plan.FitPlan.Checkpoint;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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
    void stoppedAndResumedGivesTheWeightsOfARunThatWasNeverStopped(int updates) throws IOException {
        TinyRun whole = new TinyRun(Files.createDirectory(folder.resolve("whole")));
        whole.plan = PLAN;
        StateDict expected = whole.fit();
        TinyRun stopped = new TinyRun(folder);
        stopped.plan = PLAN;
        assertThatThrownBy(() -> stopped.start(() -> stopped.steps.size() == updates))
                .isInstanceOf(TrainingInterruptedException.class);

        StateDict resumed = stopped.resume("a");

        expected.asMap()
                .forEach((key, values) -> assertThat(resumed.values(key)).containsExactly(values));
        assertThat(stopped.epochs.stream().map(EpochReport::loss))
                .isEqualTo(whole.epochs.stream().map(EpochReport::loss).toList());
    }

    @Test
    void runKilledInAnEpochGoesOnFromTheEpochBefore() throws IOException {
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
                .forEach((key, values) -> assertThat(resumed.values(key)).containsExactly(values));
    }

    @Test
    void runKilledInItsFirstEpochIsNotGoneOnFromTheStateOfAnEarlierOne() throws IOException {
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
                .forEach((key, values) -> assertThat(resumed.values(key)).containsExactly(values));
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

        assertThatThrownBy(() -> run.resume("a")).hasMessageContaining("a whole training state as it was written");
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
                .startsWith(run.state() + ": a whole training state as it was written, not one that was truncated or"
                        + " damaged")
                .doesNotContain("\n");
        assertThat(run.state()).hasBinaryContent(damaged);
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
                        run.state() + ": a training state of the format scopegate-training-state/2, not of"
                                + " scopegate-training-state/1, which an earlier release wrote");
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
    void resumingWithoutAStateSaysSo() {
        assertThatThrownBy(() -> new TinyRun(folder).resume("a"))
                .hasMessage(folder.resolve("state.bin") + ": a training state to go on from, not absent");
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
