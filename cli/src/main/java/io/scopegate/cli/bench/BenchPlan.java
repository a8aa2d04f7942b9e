package io.scopegate.cli.bench;

import io.scopegate.cli.bench.target.TargetOptions;
import io.scopegate.cli.load.LoadPlan;
import io.scopegate.cli.load.SentPictures;
import io.scopegate.inference.target.ExecutionTarget;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What is measured.
 *
 * @param load how devices send, all rounds together
 * @param rounds in how many parts it is measured, by turns with the bare model and the bare messages
 * @param pictures what they send
 * @param target where the network runs, in the server and bare
 * @param options how it runs there
 * @param reloadEvery how often a new version of the model comes; null for never
 */
record BenchPlan(
        LoadPlan load,
        int rounds,
        SentPictures pictures,
        ExecutionTarget target,
        TargetOptions options,
        @Nullable Duration reloadEvery) {

    /** For streams that are new, where everything is compiled. */
    private static final Duration SETTLING = Duration.ofSeconds(1);

    /** How devices send before the first round: at full speed, since Java compiles what has run often. */
    LoadPlan warmUp() {
        return load.atFullSpeed().lasting(load.warmUp(), Duration.ZERO);
    }

    /** How devices send in one round. */
    LoadPlan round() {
        return load.lasting(SETTLING, load.duration().dividedBy(rounds));
    }
}
