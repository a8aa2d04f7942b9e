package io.scopegate.inference.onnx;

import ai.onnxruntime.OrtException;
import io.scopegate.bundle.model.ModelUnusableException;
import io.scopegate.bundle.model.PublishedModel;
import io.scopegate.inference.InferenceSession;
import io.scopegate.inference.InputBatch;
import io.scopegate.inference.target.ExecutionTarget;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A runtime that writes the text it is told to as an engine, and opens an engine if its file exists and is not {@code
 * broken}. Like TensorRT, it builds or reads one engine at a time. It counts the open sessions. Safe for any thread.
 */
final class FakeRuntime implements NetworkRuntime {

    static final String BROKEN = "broken";
    private static final String ENGINE = "network.engine";

    private final List<String> done = Collections.synchronizedList(new ArrayList<>());
    private final ReentrantLock tensorRt = new ReentrantLock();
    private final AtomicInteger open = new AtomicInteger();
    volatile String written = "plan";
    volatile boolean unreadable;
    volatile int maxBatch = Integer.MAX_VALUE;
    volatile Step build = () -> {};
    volatile Step opening = () -> {};
    volatile Runnable loading = () -> {};

    /** Something that happens during a call. */
    interface Step {
        void run() throws OrtException;
    }

    /**
     * Returns the calls so far, in order: {@code build} or {@code read} with the precision, {@code open} with the
     * target.
     */
    List<String> done() {
        return List.copyOf(done);
    }

    int open() {
        return open.get();
    }

    @Override
    public String version() {
        loading.run();
        return "1.29.0";
    }

    @Override
    public int maxBatch(Network network) {
        return maxBatch;
    }

    @Override
    public void load(Network network, EngineFiles engine) throws OrtException, ModelUnusableException {
        if (unreadable) {
            throw new ModelUnusableException("network.onnx: cannot be read");
        }
        done.add((engine.building() ? "build " : "read ")
                + engine.specification().precision().text());
        Path file = engine.directory().resolve(ENGINE);
        alone(() -> {
            if (engine.building()) {
                build.run();
                write(file);
            }
            read(file);
        });
    }

    /**
     * Runs this step under the one lock that TensorRT's provider has. A caller that would have to wait is at fault,
     * because the wait can take minutes.
     */
    private void alone(Step step) throws OrtException {
        if (!tensorRt.tryLock()) {
            throw new AssertionError("waits in native code until TensorRT is free");
        }
        try {
            step.run();
        } finally {
            tensorRt.unlock();
        }
    }

    private void write(Path file) {
        try {
            Files.writeString(file, written);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void read(Path file) throws OrtException {
        try {
            if (Files.readString(file).equals(BROKEN)) {
                throw new OrtException("TensorRT EP could not deserialize engine from cache: " + file);
            }
        } catch (IOException e) {
            throw new OrtException("no engine: " + e);
        }
    }

    @Override
    public InferenceSession open(
            PublishedModel model, Network network, ExecutionTarget target, @Nullable EngineFiles engine)
            throws OrtException {
        done.add("open " + target.label());
        opening.run();
        if (engine != null) {
            alone(() -> read(engine.directory().resolve(ENGINE)));
        }
        open.incrementAndGet();
        return new InferenceSession() {
            @Override
            public List<float[]> run(InputBatch batch) {
                return List.of();
            }

            @Override
            public void close() {
                open.decrementAndGet();
            }
        };
    }
}
