package io.scopegate.server.testing;

import io.scopegate.server.model.ModelSlot;
import io.scopegate.server.model.ModelState;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waiting for a server under test. */
public final class Served {

    private static final long PATIENCE_SECONDS = 60;

    private Served() {}

    /** Waits until the model is loaded, or is known not to be. */
    public static void awaitModel(ModelSlot models) throws InterruptedException {
        CountDownLatch settled = new CountDownLatch(1);
        Runnable look = () -> {
            if (!(models.state() instanceof ModelState.Loading)) {
                settled.countDown();
            }
        };
        models.onChange(look);
        look.run();
        if (!settled.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("the model is still being loaded");
        }
    }
}
