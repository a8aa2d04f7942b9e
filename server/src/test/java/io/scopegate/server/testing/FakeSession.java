package io.scopegate.server.testing;

import io.scopegate.inference.InferenceFailedException;
import io.scopegate.inference.InferenceFailedException.Fault;
import io.scopegate.inference.InferenceSession;
import io.scopegate.inference.InputBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A session that gives fixed logits, for all frames or by row of the batch, or always fails. */
public final class FakeSession implements InferenceSession {

    private final IntFunction<float[]> logits;
    private final @Nullable InferenceFailedException failure;
    private final List<Integer> frames = new ArrayList<>();
    private int runs;
    private boolean closed;
    private boolean failingToClose;

    private FakeSession(IntFunction<float[]> logits, @Nullable InferenceFailedException failure) {
        this.logits = logits;
        this.failure = failure;
    }

    public static FakeSession giving(float... logits) {
        return new FakeSession(row -> logits.clone(), null);
    }

    /** Returns a session that gives each row of a batch its own logits. */
    public static FakeSession giving(IntFunction<float[]> logitsOfRow) {
        return new FakeSession(logitsOfRow, null);
    }

    public static FakeSession failing() {
        return failing(new InferenceFailedException("it fails", new IllegalStateException()));
    }

    /** Returns a session that fails as the runtime does once the process has lost the device. */
    public static FakeSession withoutDevice() {
        return failing(new InferenceFailedException("CUDA failure 700", null, Fault.DEVICE));
    }

    /** Returns a session that fails as the runtime does once the process is ending. */
    public static FakeSession ofEndingProcess() {
        return failing(new InferenceFailedException("the process is ending", null, Fault.PROCESS_ENDING));
    }

    /** Returns a session that fails as the runtime does when the machine has no memory left. */
    public static FakeSession withoutMemory() {
        return failing(new InferenceFailedException("ONNX Runtime: std::bad_alloc", null, Fault.MEMORY));
    }

    private static FakeSession failing(InferenceFailedException failure) {
        return new FakeSession(row -> new float[0], failure);
    }

    @Override
    public List<float[]> run(InputBatch batch) throws InferenceFailedException {
        if (closed) {
            throw new IllegalStateException("run after close");
        }
        runs++;
        if (failure != null) {
            throw failure;
        }
        frames.add(batch.frames());
        return IntStream.range(0, batch.frames()).mapToObj(logits).toList();
    }

    public int runs() {
        return runs;
    }

    /** Returns the number of frames of each run that gave a result. */
    public List<Integer> frames() {
        return List.copyOf(frames);
    }

    /** Makes {@link #close} fail. */
    public FakeSession failingToClose() {
        failingToClose = true;
        return this;
    }

    public boolean closed() {
        return closed;
    }

    @Override
    public void close() {
        closed = true;
        if (failingToClose) {
            throw new IllegalStateException("session cannot be closed");
        }
    }
}
