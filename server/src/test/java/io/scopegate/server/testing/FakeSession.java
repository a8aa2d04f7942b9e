package io.scopegate.server.testing;

import io.scopegate.server.infer.InferenceFailedException;
import io.scopegate.server.infer.InferenceSession;
import io.scopegate.server.infer.InputTensor;
import java.util.List;

/** Gives the same logits for every frame, or fails. */
public final class FakeSession implements InferenceSession {

    private final float[] logits;
    private final boolean failing;
    private int runs;
    private boolean closed;

    private FakeSession(float[] logits, boolean failing) {
        this.logits = logits;
        this.failing = failing;
    }

    public static FakeSession giving(float... logits) {
        return new FakeSession(logits, false);
    }

    public static FakeSession failing() {
        return new FakeSession(new float[0], true);
    }

    @Override
    public List<float[]> run(List<InputTensor> batch) throws InferenceFailedException {
        if (closed) {
            throw new IllegalStateException("run after close");
        }
        runs++;
        if (failing) {
            throw new InferenceFailedException("it fails", new IllegalStateException());
        }
        return batch.stream().map(frame -> logits.clone()).toList();
    }

    public int runs() {
        return runs;
    }

    public boolean closed() {
        return closed;
    }

    @Override
    public void close() {
        closed = true;
    }
}
