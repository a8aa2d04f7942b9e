package io.scopegate.server.model;

import io.scopegate.server.testing.LogWithoutMemory;
import io.scopegate.server.testing.ManualClock;
import io.scopegate.server.testing.Served;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LoadWatchThreadTest {

    @Test
    void loadsAreCheckedWhenLoggingFails() {
        ManualClock clock = new ManualClock();
        LoadWatch loads = new LoadWatch(ModelSlots.loading(), Watchers.LOAD_LIMIT, clock);
        AtomicInteger told = new AtomicInteger();
        loads.onChange(told::incrementAndGet);
        LoadWatch.Underway load = loads.begin("tiny/1");
        clock.advance(Watchers.LOAD_LIMIT);
        LoadWatchThread thread = new LoadWatchThread(List.of(loads));

        try (LogWithoutMemory _ = new LogWithoutMemory(LoadWatch.class);
                LogWithoutMemory _ = new LogWithoutMemory(LoadWatchThread.class)) {
            thread.start();
            Served.await(() -> told.get() == 1);
            load.close();

            Served.await(() -> told.get() == 2);
        } finally {
            thread.stop();
        }
    }
}
