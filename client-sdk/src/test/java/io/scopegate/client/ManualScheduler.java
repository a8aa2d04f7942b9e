package io.scopegate.client;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A scheduler that runs its tasks when the test says so. */
final class ManualScheduler implements Scheduler {
    final List<Runnable> tasks = new CopyOnWriteArrayList<>();

    @Override
    public Schedule every(Duration period, Runnable task) {
        tasks.add(task);
        return () -> tasks.remove(task);
    }

    void tick() {
        tasks.forEach(Runnable::run);
    }

    @Override
    public void close() {
        tasks.clear();
    }
}
