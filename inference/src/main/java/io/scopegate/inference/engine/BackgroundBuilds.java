package io.scopegate.inference.engine;

import java.util.List;
import java.util.function.Consumer;

/** The engine builds that go on beside serving. May be used from any thread; no method blocks. */
public interface BackgroundBuilds {

    /** No engine builds at all. */
    BackgroundBuilds NONE = new BackgroundBuilds() {
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

    /** Returns how many builds have ended. When the number changes, whoever waited for a build may look again. */
    long ended();

    /** Returns how many builds are running, 0 or 1. */
    int running();

    /** Returns the engines that are wanted and cannot be used yet, as of now. */
    List<EngineStatus> status();

    /** Calls the listener after each build, on the thread that built. */
    void onEnd(Consumer<BuildEnd> listener);

    /**
     * Lets no build begin until the result is closed, so that existing engines can be opened. A running build goes on.
     */
    Pause pause();

    /** A pause of the builds, which ends when it is closed. Must be closed exactly once. */
    interface Pause extends AutoCloseable {
        @Override
        void close();
    }
}
