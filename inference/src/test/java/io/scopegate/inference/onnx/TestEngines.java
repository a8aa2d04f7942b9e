package io.scopegate.inference.onnx;

import io.scopegate.bundle.model.Digests;
import io.scopegate.bundle.model.ModelUnusableException;
import io.scopegate.inference.device.DeviceProbe;
import io.scopegate.inference.device.GpuDevice;
import io.scopegate.inference.device.NvidiaDriver;
import io.scopegate.inference.device.ProbeStep;
import io.scopegate.inference.device.TensorRtLibrary;
import io.scopegate.inference.engine.BuildLog;
import io.scopegate.inference.engine.EngineBuilds;
import io.scopegate.inference.engine.EngineStore;
import io.scopegate.inference.engine.ManualBuildClock;
import io.scopegate.inference.target.ExecutionTarget;
import io.scopegate.inference.target.RequestedTarget;
import io.scopegate.inference.target.TargetPlanner;
import io.scopegate.inference.target.TargetSettings;
import io.scopegate.inference.target.TargetUnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** The engines of one server on a machine with a fake GPU and a fake ONNX Runtime. */
final class TestEngines implements AutoCloseable {

    private final Path cache;
    private final ManualBuildClock clock = new ManualBuildClock();
    private final FakeRuntime runtime = new FakeRuntime();
    private final List<String> lines = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger asked = new AtomicInteger();
    private final EngineBuilds builds;
    volatile boolean builderResource = true;

    /** Whether the driver can be asked for the device. */
    volatile boolean identifiable = true;

    TestEngines(Path cache) {
        this.cache = cache;
        this.builds = new EngineBuilds(
                new EngineStore(cache, Clock.systemUTC(), lines::add),
                clock.clock(),
                new BuildLog(lines::add, lines::add),
                Duration.ZERO);
    }

    /**
     * Returns a network with the digest of an ONNX file that holds this one byte. The file cannot be read, and the fake
     * runtime does not try to.
     */
    static Network network(String name, int content, NetworkProfile profile) {
        String digest = "sha256:" + Digests.sha256(new byte[] {(byte) content});
        return new Network(name, digest, profile, _ -> {
            throw new ModelUnusableException("no file");
        });
    }

    /** @param tensorRt version of the library */
    ModelEngines ofTensorRt(int tensorRt) {
        return new ModelEngines(builds, runtime, probe(tensorRt), 0);
    }

    OnnxSessions sessions() {
        TargetSettings settings = new TargetSettings(RequestedTarget.AUTO, 0, true);
        TargetPlanner planner = new TargetPlanner(
                settings, probe(101501), target -> ProbeStep.passed(ProbeStep.Name.PROVIDER, "taken"));
        return new OnnxSessions(planner, ofTensorRt(101501));
    }

    private DeviceProbe probe(int tensorRt) {
        NvidiaDriver driver = new NvidiaDriver() {
            @Override
            public int cudaVersion() {
                asked.incrementAndGet();
                return 13000;
            }

            @Override
            public GpuDevice device(int index) {
                asked.incrementAndGet();
                if (!identifiable) {
                    throw new UnsupportedOperationException("a native executable cannot call libraries by name");
                }
                return new GpuDevice("Stub", 9, 0, 80L << 30);
            }
        };
        TensorRtLibrary library = new TensorRtLibrary() {
            @Override
            public int version() {
                return tensorRt;
            }

            @Override
            public boolean hasBuilderResource(String architecture) {
                return builderResource;
            }
        };
        return new DeviceProbe(driver, library);
    }

    /** Puts an engine with this content into the cache, as a server would. */
    void keep(Network network, ExecutionTarget target, String content)
            throws TargetUnavailableException, ModelUnusableException, IOException {
        EngineStore store = new EngineStore(cache, Clock.systemUTC(), lines::add);
        store.build(
                ofTensorRt(101501).request(network, target).key(),
                into -> Files.writeString(into.resolve("network.engine"), content));
    }

    /** Returns how often the driver has been asked for something. */
    int asked() {
        return asked.get();
    }

    FakeRuntime runtime() {
        return runtime;
    }

    EngineBuilds builds() {
        return builds;
    }

    ManualBuildClock clock() {
        return clock;
    }

    List<String> lines() {
        return List.copyOf(lines);
    }

    /** Returns the directories of engines, finished or not. */
    List<Path> kept() throws IOException {
        try (Stream<Path> entries = Files.list(cache)) {
            return entries.filter(Files::isDirectory)
                    .filter(path -> !path.getFileName().toString().startsWith("timing-"))
                    .toList();
        }
    }

    @Override
    public void close() {
        builds.close();
    }
}
