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
 * @param load how devices send, for all rounds together
 * @param rounds number of parts that it is measured in, in turns with the bare model and the echo
 * @param pictures pictures that the devices send
 * @param target where the network runs, in the server and bare
 * @param options how it runs there
 * @param reloadEvery how often a new version of the model is published; null for never
 */
record BenchPlan(
        LoadPlan load,
        int rounds,
        SentPictures pictures,
        ExecutionTarget target,
        TargetOptions options,
        @Nullable Duration reloadEvery) {

    /** Warm-up of the new streams of a round, when everything has been compiled. */
    private static final Duration SETTLING = Duration.ofSeconds(1);

    /** Returns how devices send before the first round: at full speed, because Java compiles what has run often. */
    LoadPlan warmUp() {
        return load.atFullSpeed().lasting(load.warmUp(), Duration.ZERO);
    }

    /** Returns how devices send in one round. */
    LoadPlan round() {
        return load.lasting(SETTLING, load.duration().dividedBy(rounds));
    }
}
