package io.scopegate.server.testing;

import io.scopegate.inference.engine.BackgroundBuilds;
import io.scopegate.inference.engine.BuildEnd;
import io.scopegate.inference.engine.EngineStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Engine builds that run as the test says. One thread only. */
public class StubEngines implements BackgroundBuilds {

    private final List<Consumer<BuildEnd>> listeners = new ArrayList<>();
    private final List<EngineStatus> status = new ArrayList<>();
    private int running;

    /** Starts a build with this status. */
    public void build(EngineStatus said) {
        running = 1;
        status.add(said);
    }

    /** Ends the build and tells the listeners. */
    public void end(BuildEnd end) {
        running = 0;
        status.clear();
        listeners.forEach(listener -> listener.accept(end));
    }

    @Override
    public long ended() {
        return 0;
    }

    @Override
    public int running() {
        return running;
    }

    @Override
    public List<EngineStatus> status() {
        return List.copyOf(status);
    }

    @Override
    public void onEnd(Consumer<BuildEnd> listener) {
        listeners.add(listener);
    }

    @Override
    public Pause pause() {
        return () -> {};
    }
}
