package io.scopegate.inference.onnx;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import io.scopegate.bundle.engine.SilentOnnxRuntime;
import io.scopegate.bundle.model.ModelUnusableException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Creates sessions of ONNX Runtime, and knows whether one is being created. While one is, ONNX Runtime's own shutdown
 * hook would free what is still in use, and the process would crash. May be used from any thread.
 */
public final class SessionCreation {

    private static final AtomicInteger UNDERWAY = new AtomicInteger();

    private SessionCreation() {}

    /** Returns whether this process has to end without shutdown hooks. */
    public static boolean isUnderway() {
        return UNDERWAY.get() > 0;
    }

    /** Creates a session. When this returns, ONNX Runtime has copied what it needs of the network. */
    static OrtSession create(Network network, SessionOptions options) throws OrtException, ModelUnusableException {
        UNDERWAY.incrementAndGet();
        try {
            return network.source().read(onnx -> SilentOnnxRuntime.environment().createSession(onnx, options));
        } finally {
            UNDERWAY.decrementAndGet();
        }
    }
}
