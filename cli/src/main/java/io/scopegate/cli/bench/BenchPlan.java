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
 * @param load how devices send
 * @param pictures what they send
 * @param target where the network runs, in the server and bare
 * @param options how it runs there
 * @param reloadEvery how often a new version of the model comes; null for never
 */
record BenchPlan(
        LoadPlan load,
        SentPictures pictures,
        ExecutionTarget target,
        TargetOptions options,
        @Nullable Duration reloadEvery) {}
