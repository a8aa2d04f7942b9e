package io.scopegate.server.model;

import io.scopegate.inference.SessionFactory;
import io.scopegate.inference.engine.BackgroundBuilds;
import io.scopegate.server.frame.ServerClock;
import io.scopegate.server.infer.NetworkWatchdog;
import io.scopegate.server.infer.WatchdogSettings;
import io.scopegate.server.model.ControlRefusedException.Kind;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** All served models, a fixed list. The first one is for clients that name none. Thread-safe. */
public final class Models implements AutoCloseable {

    private final List<NamedModel> all;
    private final BackgroundBuilds engines;
    private final SessionCloser closer;
    private final List<WatchThread> threads;
    private final LoadWatchThread loads;

    /**
     * @param all at least one model
     * @param closer closes their networks; owned by this object from now on
     */
    Models(List<NamedModel> all, BackgroundBuilds engines, SessionCloser closer) {
        this.all = List.copyOf(all);
        this.engines = engines;
        this.closer = closer;
        this.threads = all.stream()
                .map(model -> new WatchThread(model.watcher(), model.watcher().settings()))
                .toList();
        this.loads = new LoadWatchThread(
                all.stream().map(model -> model.watcher().loads()).toList());
    }

    /** Creates one model for each of the settings. Nothing is loaded before {@link #startWatching()}. */
    public static Models of(
            RepositorySettings settings, SessionFactory sessions, WatchdogSettings watchdog, ServerClock clock) {
        PinFile pins = new PinFile(settings.first().reload().stateDirectory());
        SessionCloser closer = new SessionCloser();
        LoadTools tools = new LoadTools(sessions, new LoadMemory(new LinuxMemory()), pins, clock, closer);
        return new Models(
                settings.models().stream()
                        .map(model -> named(model, tools, new NetworkWatchdog(watchdog, clock)))
                        .toList(),
                sessions.engines(),
                closer);
    }

    private static NamedModel named(ModelSettings settings, LoadTools tools, NetworkWatchdog watchdog) {
        ModelSlot slot = new ModelSlot(settings.name());
        return new NamedModel(slot, new ModelWatcher(settings, slot, tools), watchdog);
    }

    /** Returns all models; the one for clients that name none comes first. */
    public List<NamedModel> all() {
        return all;
    }

    /** Returns the work on the engines that they wait for. */
    public BackgroundBuilds engines() {
        return engines;
    }

    /** Returns the model for clients that name none. */
    public NamedModel first() {
        return all.getFirst();
    }

    /** Returns their names, for messages. */
    public List<String> names() {
        return all.stream().map(NamedModel::name).toList();
    }

    /** Returns the model of this name, or for null the one for clients that name none. */
    public Optional<NamedModel> find(@Nullable String name) {
        return all.stream().filter(model -> model.slot().answersTo(name)).findFirst();
    }

    /**
     * Returns the control over which version of this model serves.
     *
     * @throws ControlRefusedException if the model is not among the served ones
     */
    public ModelControl control(String name) throws ControlRefusedException {
        return find(name)
                .orElseThrow(() -> ModelControl.refused(Kind.UNKNOWN, "model: one of " + names() + ", not " + name))
                .control()
                .of(name);
    }

    /** Starts to scan for versions, on one thread for each model. */
    public void startWatching() {
        threads.forEach(WatchThread::start);
        loads.start();
    }

    /** Stops scanning: no further version is taken up. */
    public void stopWatching() throws InterruptedException {
        loads.stop();
        WatchThread.close(threads);
    }

    /** Releases all models for good and closes their networks. */
    @Override
    public void close() {
        all.forEach(model -> model.slot().close());
        closer.close();
    }
}
