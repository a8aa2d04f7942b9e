package io.scopegate.server.testing;

import io.scopegate.bundle.model.Digests;
import io.scopegate.bundle.model.PublishedModel;
import io.scopegate.inference.InferenceSession;
import io.scopegate.inference.SessionFactory;
import io.scopegate.inference.device.DeviceFacts;
import io.scopegate.inference.device.GpuDevice;
import io.scopegate.inference.engine.BackgroundBuilds;
import io.scopegate.inference.engine.BuildClock;
import io.scopegate.inference.engine.BuildLog;
import io.scopegate.inference.engine.EngineBuilds;
import io.scopegate.inference.engine.EngineKey;
import io.scopegate.inference.engine.EngineRequest;
import io.scopegate.inference.engine.EngineSpecification;
import io.scopegate.inference.engine.EngineStore;
import io.scopegate.inference.engine.Precision;
import io.scopegate.inference.target.ExecutionTarget;
import io.scopegate.inference.target.TargetPlan;
import io.scopegate.inference.target.TargetUnavailableException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * A session factory that opens a TensorRT session only if its engine has been built; sessions for other targets open at
 * once. Engines are built by real {@link EngineBuilds} in the background, and each build waits until the test says how
 * it ends. To be used by one thread, the test's, which takes the part of the model watcher's.
 */
public final class BuildingSessions implements SessionFactory, AutoCloseable {

    private static final Duration HANDOVER = Duration.ofSeconds(20);

    private final TargetedSessions sessions = new TargetedSessions();
    private final BlockingQueue<String> sayings = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> ends = new LinkedBlockingQueue<>();
    private final EngineBuilds builds;

    /** @param cache of engines, which other factories may share */
    public BuildingSessions(Path cache, ManualClock clock) {
        builds = new EngineBuilds(
                new EngineStore(cache, Clock.systemUTC(), line -> {}),
                new BuildClock(clock::wallTime, clock::nanoTime),
                new BuildLog(line -> {}, line -> {}),
                HANDOVER);
        builds.onEnd(end -> ends.add(end.outcome().name()));
    }

    /** Returns the settings of the fake targets: which there are, and how they answer. */
    public TargetedSessions targets() {
        return sessions;
    }

    /** Lets the present build, or the next, succeed and returns its outcome. */
    public String finishBuild() throws InterruptedException {
        letBuild();
        return awaitEnd();
    }

    /** Lets the present build, or the next, succeed without waiting for it. */
    public void letBuild() {
        sayings.add("");
    }

    /** Waits for a build to end and returns its outcome. */
    public String awaitEnd() throws InterruptedException {
        return ends.take();
    }

    /** Makes the present build, or the next, fail for this reason, and waits for it to end. */
    public void failBuild(String reason) throws InterruptedException {
        sayings.add(reason);
        ends.take();
    }

    @Override
    public TargetPlan plan() throws TargetUnavailableException {
        return sessions.plan();
    }

    @Override
    public InferenceSession open(PublishedModel model, ExecutionTarget target) throws TargetUnavailableException {
        if (!target.isTensorRt()) {
            return sessions.open(model, target);
        }
        EngineRequest request = request(model, target);
        builds.ready(request);
        InferenceSession session = sessions.open(model, target);
        builds.opened(request);
        return session;
    }

    @Override
    public BackgroundBuilds engines() {
        return builds;
    }

    private EngineRequest request(PublishedModel model, ExecutionTarget target) {
        String reference = model.manifest().reference();
        Precision precision = target == ExecutionTarget.TENSORRT_FP16 ? Precision.FP16 : Precision.FP32;
        GpuDevice device = new GpuDevice("NVIDIA Stub 9000", 9, 0, 80L << 30);
        EngineKey key = new EngineKey(
                "sha256:" + Digests.sha256(reference.getBytes(StandardCharsets.UTF_8)),
                new EngineSpecification(precision, 1, "sha256:" + Digests.sha256(new byte[0])),
                "1.29.0",
                new DeviceFacts("13.0", "580.65.06", device, "10.15.1.29"));
        return new EngineRequest(key, reference, this::build);
    }

    private void build(Path into) throws TargetUnavailableException {
        String said = await();
        if (!said.isEmpty()) {
            throw new TargetUnavailableException(said);
        }
        try {
            Files.writeString(into.resolve("network.engine"), "plan");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String await() throws TargetUnavailableException {
        try {
            return sayings.take();
        } catch (InterruptedException e) {
            throw new TargetUnavailableException("interrupted", e);
        }
    }

    /** Ends the builds. Sessions are closed by their owners. */
    @Override
    public void close() {
        builds.close();
    }
}
