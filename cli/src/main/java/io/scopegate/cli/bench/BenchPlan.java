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

    /** Everything is compiled and connected then; only the streams are new. */
    private static final Duration AGAIN = Duration.ofSeconds(1);

    /** How devices send in one round. */
    LoadPlan load(int round) {
        Duration warmUp = round == 0 || load.warmUp().compareTo(AGAIN) < 0 ? load.warmUp() : AGAIN;
        return load.lasting(warmUp, load.duration().dividedBy(rounds));
    }
}
