package io.scopegate.server.model;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.scopegate.bundle.model.ModelManifest;
import io.scopegate.bundle.model.ModelManifest.GoldenVectors;
import io.scopegate.bundle.model.ModelManifest.Input;
import io.scopegate.bundle.model.PublishedModel;
import io.scopegate.bundle.preprocess.InputShape;
import io.scopegate.bundle.preprocess.Preprocessing;
import io.scopegate.inference.InferenceSession;
import io.scopegate.inference.engine.BackgroundBuilds;
import io.scopegate.inference.target.Execution;
import io.scopegate.inference.target.ExecutionTarget;
import io.scopegate.server.frame.ServerClock;
import io.scopegate.server.infer.TensorPool;
import io.scopegate.server.testing.FakeSessions;
import io.scopegate.server.testing.Watchdogs;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;

/** Model slots for tests that need no files. */
public final class ModelSlots {

    private static final InputShape SHAPE = new InputShape(4, 4);

    private ModelSlots() {}

    /** Returns a slot that serves model {@code fake/1}, with threshold 0.6 and input 4 x 4. */
    public static ModelSlot serving(InferenceSession session, TensorPool tensors) {
        ModelSlot slot = new ModelSlot(null);
        slot.serve(model(1, session, tensors));
        return slot;
    }

    /** Returns a slot that serves model {@code fake/1}, with at most this many frames in a run. */
    public static ModelSlot serving(InferenceSession session, TensorPool tensors, int maxBatch) {
        ModelSlot slot = new ModelSlot(null);
        slot.serve(model(1, session, tensors, maxBatch));
        return slot;
    }

    /** Serves this version of model {@code fake} in this slot, with at most this many frames in a run. */
    public static void serve(ModelSlot slot, int version, InferenceSession session, TensorPool tensors, int maxBatch) {
        slot.serve(model(version, session, tensors, maxBatch));
    }

    /** Serves this version of the model of this name in this slot, with at most this many frames in a run. */
    public static void serve(
            ModelSlot slot, String name, int version, InferenceSession session, TensorPool tensors, int maxBatch) {
        slot.serve(model(name, version, session, tensors, maxBatch));
    }

    /** Serves model {@code fake/1} in this slot. */
    public static void serve(ModelSlot slot, InferenceSession session) {
        serve(slot, session, tensors(2));
    }

    /** Serves model {@code fake/1} in this slot, with these tensors. */
    public static void serve(ModelSlot slot, InferenceSession session, TensorPool tensors) {
        slot.serve(model(1, session, tensors));
    }

    /** Stops serving a model in this slot. */
    public static void serveNone(ModelSlot slot, String reason) {
        slot.serveNone(reason);
    }

    public static ModelSlot loading() {
        return new ModelSlot(null);
    }

    public static ModelSlot empty(String reason) {
        ModelSlot slot = new ModelSlot(null);
        slot.serveNone(reason);
        return slot;
    }

    public static TensorPool tensors(int count) {
        return new TensorPool(count, SHAPE.elements());
    }

    /** Returns a slot that serves version 1 of the model of this name. */
    public static ModelSlot named(String name, InferenceSession session, TensorPool tensors) {
        ModelSlot slot = new ModelSlot(name);
        serve(slot, name, 1, session, tensors, 1);
        return slot;
    }

    static ServedModel model(int version, InferenceSession session, TensorPool tensors) {
        return model(version, session, tensors, 1);
    }

    private static ServedModel model(int version, InferenceSession session, TensorPool tensors, int maxBatch) {
        return model("fake", version, session, tensors, maxBatch);
    }

    private static ServedModel model(
            String name, int version, InferenceSession session, TensorPool tensors, int maxBatch) {
        return model(name, version, network(session, Runnable::run), tensors, maxBatch);
    }

    /** Returns version 1 of model {@code fake}, whose session is closed on this executor. */
    static ServedModel model(InferenceSession session, Executor closer) {
        return model("fake", 1, network(session, closer), tensors(1), 1);
    }

    private static RunningNetwork network(InferenceSession session, Executor closer) {
        return new RunningNetwork(session, new Execution(ExecutionTarget.CPU, List.of()), closer);
    }

    private static ServedModel model(
            String name, int version, RunningNetwork network, TensorPool tensors, int maxBatch) {
        ModelManifest manifest = new ModelManifest(
                name,
                version,
                "network.onnx",
                List.of(ModelManifest.IN_BODY, ModelManifest.OUT_OF_BODY),
                new Input("in", SHAPE, Preprocessing.ID),
                "out",
                0.6,
                maxBatch,
                new GoldenVectors(0, List.of()),
                List.of(),
                JsonNodeFactory.instance.objectNode());
        return new ServedModel(
                new PublishedModel(Path.of("fake"), manifest, "sha256:0"),
                network,
                tensors,
                RunLimits.of(maxBatch, Duration.ZERO));
    }

    /**
     * Returns models around these slots, with an empty repository. The first is the model of clients that name none.
     */
    public static Models models(ServerClock clock, ModelSlot... slots) {
        return models(clock, BackgroundBuilds.NONE, slots);
    }

    /** As {@link #models(ServerClock, ModelSlot...)}, but with these engine builds. */
    public static Models models(ServerClock clock, BackgroundBuilds engines, ModelSlot... slots) {
        return new Models(
                Arrays.stream(slots)
                        .map(slot -> new NamedModel(slot, watcher(slot, clock), Watchdogs.of(clock)))
                        .toList(),
                engines,
                new SessionCloser());
    }

    private static ModelWatcher watcher(ModelSlot slot, ServerClock clock) {
        return new Watchers.Parts(new FakeSessions(), new AtomicLong(), slot, clock)
                .watch(Path.of("none"), Watchers.UNSIGNED);
    }

    /**
     * Runs this action while the first model is loading this version. The load counts as hanging once the clock has
     * passed the load limit.
     */
    public static void whileLoading(Models models, String reference, Runnable action) {
        LoadWatch loads = models.first().watcher().loads();
        try (LoadWatch.Underway _ = loads.begin(reference)) {
            action.run();
        }
    }

    /**
     * Runs this action while nothing else can look at the repository or carry out an administrator's call for the first
     * model.
     */
    public static void exclusively(Models models, Runnable action)
            throws ControlRefusedException, InterruptedException {
        models.first().watcher().exclusively(() -> true, _ -> action.run());
    }

    /** Looks at the repository once for each model, for tests in other packages. */
    public static void look(Models models) throws InterruptedException {
        for (NamedModel model : models.all()) {
            model.watcher().look();
        }
    }
}
