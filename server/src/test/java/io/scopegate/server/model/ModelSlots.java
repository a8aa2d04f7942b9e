package io.scopegate.server.model;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.scopegate.bundle.model.ModelManifest;
import io.scopegate.bundle.model.ModelManifest.GoldenVectors;
import io.scopegate.bundle.model.ModelManifest.Input;
import io.scopegate.bundle.model.PublishedModel;
import io.scopegate.bundle.preprocess.InputShape;
import io.scopegate.bundle.preprocess.Preprocessing;
import io.scopegate.inference.InferenceSession;
import io.scopegate.inference.engine.EngineWork;
import io.scopegate.inference.target.Execution;
import io.scopegate.inference.target.ExecutionTarget;
import io.scopegate.server.frame.ServerClock;
import io.scopegate.server.infer.TensorPool;
import io.scopegate.server.testing.FakeSessions;
import io.scopegate.server.testing.Pulses;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;

/** Slots for tests that need no files. */
public final class ModelSlots {

    private static final InputShape SHAPE = new InputShape(4, 4);

    private ModelSlots() {}

    /** A slot that serves model {@code fake/1}, threshold 0.6, input 4 x 4. */
    public static ModelSlot serving(InferenceSession session, TensorPool tensors) {
        ModelSlot slot = new ModelSlot(null);
        slot.serve(model(1, session, tensors));
        return slot;
    }

    /** A slot that serves model {@code fake/1}, of which one run takes so many frames. */
    public static ModelSlot serving(InferenceSession session, TensorPool tensors, int maxBatch) {
        ModelSlot slot = new ModelSlot(null);
        slot.serve(model(1, session, tensors, maxBatch));
        return slot;
    }

    /** Serves this version of model {@code fake}, of which one run takes so many frames, in this slot. */
    public static void serve(ModelSlot slot, int version, InferenceSession session, TensorPool tensors, int maxBatch) {
        slot.serve(model(version, session, tensors, maxBatch));
    }

    /** Serves this version of the model of this name, of which one run takes so many frames, in this slot. */
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

    /** Serves none in this slot any longer. */
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

    /** A slot for the model of this name, which serves version 1 of it. */
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

    /** Version 1 of model {@code fake}, which is closed so. */
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

    /** Models around these slots, with a repository that holds nothing. The first is for those who name none. */
    public static Models models(ServerClock clock, ModelSlot... slots) {
        return models(clock, EngineWork.NONE, slots);
    }

    /** The same, with engines that are built beside. */
    public static Models models(ServerClock clock, EngineWork engines, ModelSlot... slots) {
        return new Models(
                Arrays.stream(slots)
                        .map(slot -> new NamedModel(slot, watcher(slot, clock), Pulses.of(clock)))
                        .toList(),
                engines,
                new SessionCloser());
    }

    private static ModelWatcher watcher(ModelSlot slot, ServerClock clock) {
        return new Watchers.Parts(new FakeSessions(), new AtomicLong(), slot, clock)
                .watch(Path.of("none"), Watchers.UNSIGNED);
    }

    /** Does this while the first of them loads a version, which is told if it has taken this long by the clock. */
    public static void whileLoading(Models models, String reference, Runnable action) {
        LoadWatch loads = models.first().watcher().loads();
        try (LoadWatch.Underway _ = loads.begin(reference)) {
            action.run();
        }
    }

    /** Does this while nobody looks and no order of hand is carried out for the first of them. */
    public static void exclusively(Models models, Runnable action)
            throws ControlRefusedException, InterruptedException {
        models.first().watcher().exclusively(() -> true, _ -> action.run());
    }

    /** One look at the repository for each of them, for tests of other packages. */
    public static void look(Models models) throws InterruptedException {
        for (NamedModel model : models.all()) {
            model.watcher().look();
        }
    }
}
