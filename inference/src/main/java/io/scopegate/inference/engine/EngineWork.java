package io.scopegate.inference.engine;

import java.util.List;
import java.util.function.Consumer;

/** What is done about engines beside serving. Any thread; nothing of it waits. */
public interface EngineWork {

    /** Where none are built. */
    EngineWork NONE = new EngineWork() {
        @Override
        public long ended() {
            return 0;
        }

        @Override
        public int running() {
            return 0;
        }

        @Override
        public List<EngineStatus> status() {
            return List.of();
        }

        @Override
        public void onEnd(Consumer<BuildEnd> listener) {}

        @Override
        public Pause pause() {
            return () -> {};
        }
    };

    /** How many builds have ended: where this has changed, what waited for one may look again. */
    long ended();

    /** How many builds run now, 0 or 1. */
    int running();

    /** Which engines are wanted and not there, as of now. */
    List<EngineStatus> status();

    /** Calls the listener after each build, on the thread that has built. */
    void onEnd(Consumer<BuildEnd> listener);

    /** Until this is closed no build begins, so that engines that are there can be opened. One that runs goes on. */
    Pause pause();

    /** Ends by being closed, once. */
    interface Pause extends AutoCloseable {
        @Override
        void close();
    }
}
