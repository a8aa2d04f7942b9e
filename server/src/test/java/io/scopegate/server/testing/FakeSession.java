package io.scopegate.server.testing;

import io.scopegate.inference.InferenceFailedException;
import io.scopegate.inference.InferenceSession;
import io.scopegate.inference.InputBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Gives the same logits for every frame, or fails. */
public final class FakeSession implements InferenceSession {

    private final IntFunction<float[]> logits;
    private final boolean failing;
    private final List<Integer> frames = new ArrayList<>();
    private int runs;
    private boolean closed;

    private FakeSession(IntFunction<float[]> logits, boolean failing) {
        this.logits = logits;
        this.failing = failing;
    }

    public static FakeSession giving(float... logits) {
        return new FakeSession(row -> logits.clone(), false);
    }

    /** Each row of a batch has its own. */
    public static FakeSession giving(IntFunction<float[]> logitsOfRow) {
        return new FakeSession(logitsOfRow, false);
    }

    public static FakeSession failing() {
        return new FakeSession(row -> new float[0], true);
    }

    @Override
    public List<float[]> run(InputBatch batch) throws InferenceFailedException {
        if (closed) {
            throw new IllegalStateException("run after close");
        }
        runs++;
        if (failing) {
            throw new InferenceFailedException("it fails", new IllegalStateException());
        }
        frames.add(batch.frames());
        return IntStream.range(0, batch.frames()).mapToObj(logits).toList();
    }

    public int runs() {
        return runs;
    }

    /** How many frames each run had that gave a result. */
    public List<Integer> frames() {
        return List.copyOf(frames);
    }

    public boolean closed() {
        return closed;
    }

    @Override
    public void close() {
        closed = true;
    }
}
