package io.scopegate.inference.onnx;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import io.scopegate.bundle.engine.SilentOnnxRuntime;
import io.scopegate.bundle.model.ModelUnusableException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Makes sessions of ONNX Runtime, and knows whether one is being made: what its own shutdown hook frees is still in use
 * then, and the process would end in a crash. Any thread.
 */
public final class SessionCreation {

    private static final AtomicInteger UNDERWAY = new AtomicInteger();

    private SessionCreation() {}

    /** Whether this process has to end without shutdown hooks. */
    public static boolean isUnderway() {
        return UNDERWAY.get() > 0;
    }

    /** ONNX Runtime has copied what it needs of the network when this returns. */
    static OrtSession create(Network network, SessionOptions options) throws OrtException, ModelUnusableException {
        UNDERWAY.incrementAndGet();
        try {
            return network.source().read(onnx -> SilentOnnxRuntime.environment().createSession(onnx, options));
        } finally {
            UNDERWAY.decrementAndGet();
        }
    }
}
