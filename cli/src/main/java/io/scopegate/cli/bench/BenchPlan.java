package io.scopegate.cli.bench;

import io.scopegate.cli.load.LoadPlan;
import io.scopegate.cli.load.SentPictures;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What is measured.
 *
 * @param load how devices send
 * @param pictures what they send
 * @param threads of the inference engine, in the server and bare
 * @param reloadEvery how often a new version of the model comes; null for never
 */
record BenchPlan(
        LoadPlan load,
        SentPictures pictures,
        int threads,
        @Nullable Duration reloadEvery) {}
