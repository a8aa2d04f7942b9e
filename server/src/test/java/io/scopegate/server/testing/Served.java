package io.scopegate.server.testing;

import io.scopegate.server.model.ModelState;
import io.scopegate.server.model.Models;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for a server under test. */
public final class Served {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long LOOK_EVERY_NANOS = 1_000_000;

    private Served() {}

    /** Waits until each model is loaded or has failed to load. */
    public static void awaitModel(Models models) {
        await(() -> models.all().stream().noneMatch(model -> model.slot().state() instanceof ModelState.Loading));
    }

    /** Waits until the condition holds. Fails if it does not within a minute. */
    public static void await(BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - start > PATIENCE.toNanos()) {
                throw new AssertionError("not so after " + PATIENCE);
            }
            LockSupport.parkNanos(LOOK_EVERY_NANOS);
        }
    }
}
