package io.scopegate.trainer.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scopegate.trainer.network.Frozen;
import io.scopegate.trainer.network.KaimingInitialization;
import io.scopegate.trainer.network.Stage;
import io.scopegate.trainer.network.StateDict;
import io.scopegate.trainer.plan.FitOptions;
import io.scopegate.trainer.plan.FitOptions.FineTuning;
import io.scopegate.trainer.plan.FitOptions.Objective;
import io.scopegate.trainer.plan.FitOptions.Rate;
import io.scopegate.trainer.plan.FitPlan.Checkpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FrozenStagesTest {

    private static final StateDict WEIGHTS = KaimingInitialization.stateDict(TinyRun.NETWORK, 1);
    private static final Frozen STEM_AND_TWO = new Frozen(Set.of(Stage.STEM, Stage.LAYER2), false);

    /** Options with weight decay, which, like the plan's averaging, could change a tensor that gets no gradient. */
    private static final FitOptions DECAYING =
            new FitOptions(Rate.REFERENCE, 0.1, Objective.REFERENCE, 2, 1, 0, 0, FineTuning.REFERENCE);

    @TempDir
    Path folder;

    private TinyRun run;

    @BeforeEach
    void prepare() {
        run = run(folder, STEM_AND_TWO);
    }

    private static TinyRun run(Path folder, Frozen frozen) {
        TinyRun run = new TinyRun(folder);
        run.plan = TinyRun.plan(2, 0.01, Checkpoint.LAST, 0.9, DECAYING);
        run.start = new Start(WEIGHTS, frozen);
        return run;
    }

    @Test
    void frozenStagesStayAsTheyAreBitByBitAndAllOthersChange() throws IOException {
        StateDict fitted = run.fit();

        assertThat(changed(fitted, key -> key.startsWith("layer0.") || key.startsWith("layer2.")))
                .isEmpty();
        assertThat(changed(fitted, key -> !key.startsWith("layer0.") && !key.startsWith("layer2.")))
                .isEqualTo(keys(key -> !key.startsWith("layer0.") && !key.startsWith("layer2.")));
    }

    @Test
    void frozenStatisticsStayWhereScaleAndShiftAreFitted() throws IOException {
        StateDict fitted = run(folder, new Frozen(Set.of(), true)).fit();

        assertThat(changed(fitted, key -> key.contains(".running_"))).isEmpty();
        assertThat(changed(fitted, key -> !key.contains(".running_")))
                .isEqualTo(keys(key -> !key.contains(".running_")));
    }

    @Test
    void fitWithFrozenStagesIsResumedExactly() throws IOException {
        StateDict whole = run(Files.createDirectory(folder.resolve("whole")), STEM_AND_TWO)
                .fit();
        assertThatThrownBy(() -> run.start(() -> run.steps.size() == 3))
                .isInstanceOf(TrainingInterruptedException.class);

        StateDict resumed = run.resume("a");

        whole.asMap().forEach((key, values) -> assertThat(resumed.values(key)).isEqualTo(values));
    }

    private static Set<String> changed(StateDict fitted, Predicate<String> which) {
        Set<String> changed = new TreeSet<>(keys(which));
        changed.removeIf(key -> Arrays.equals(fitted.values(key), WEIGHTS.values(key)));
        return changed;
    }

    private static Set<String> keys(Predicate<String> which) {
        return new TreeSet<>(WEIGHTS.asMap().keySet().stream().filter(which).toList());
    }
}
